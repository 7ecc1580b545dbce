"""Work out a probability exactly: urns, dice, cards, committees, some of it under a condition.

Every answer comes from going through all equally likely outcomes one by one.
"""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, permutations, product
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "probability_as_fraction"
SEED = 20_554
COUNT = 100
FINEST = 2000  # no answer has a greater denominator
APART = 3  # words of a question that an earlier one does not have

Outcome = tuple[Any, ...]
Event = Callable[[Outcome], bool]


def probability(outcomes: Any, event: Event, given: Event = lambda _: True) -> Fraction:
    """Return the part of the outcomes that are `given` in which the event happens."""
    all_of_them = [outcome for outcome in outcomes if given(outcome)]
    return Fraction(sum(map(event, all_of_them)), max(len(all_of_them), 1))


NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
URNS = [
    ("A bag holds", "marbles", "red,blue,green"),
    ("An urn contains", "balls", "white,black,yellow"),
    ("In a drawer there are", "single socks", "grey,brown,striped"),
    ("On a plate lie", "dumplings that look alike", "pork,prawn,mushroom"),
    ("A bowl is full of", "sweets", "lemon,mint,cherry"),
    ("Anjali's tin holds", "tea bags", "ginger,jasmine,black"),
]
GROUPS = [
    ("A theatre club has", "actors", "musicians", "committee"),
    ("A village council consists of", "farmers", "teachers", "delegation"),
    ("On the staff of a clinic there are", "nurses", "doctors", "working group"),
    ("A rescue team is made up of", "divers", "climbers", "patrol"),
    ("In a language class there are", "Brazilians", "Koreans", "quiz team"),
]
PEOPLE = ["Amara and Luis", "Hana and Viktor", "Noor and Emil", "Sipho and Greta"]
ROLLS = {"Takeshi": (2, 4), "Ines": (2, 6), "Bilal": (2, 8), "Ottilie": (3, 6)}  # dice, sides
DECK = [(rank, suit) for suit in "SHDC" for rank in range(1, 14)]
SPEECH = {"S": "spades", "H": "hearts", "D": "diamonds", "C": "clubs"}
DECK_TEXT = (
    "From a well-shuffled deck of 52 cards (four suits of thirteen ranks: ace, 2 to 10, jack, "
    "queen, king) two cards are dealt, one after the other. "
)

Problem = tuple[str, Fraction]


def listed(counts: list[int], kinds: list[str]) -> str:
    parts = [f"{count} {kind}" for count, kind in zip(counts, kinds, strict=True)]
    return ", ".join(parts[:-1]) + " and " + parts[-1]


def urn(rng: Random) -> Problem:
    """Draw from an urn without or with replacement."""
    head, things, kinds = rng.choice(URNS)
    names = kinds.split(",")
    counts = [rng.randint(2, 6) for _ in names]
    items = [name for name, count in zip(names, counts, strict=True) for _ in range(count)]
    a, b = rng.sample(names, 2)
    draws = rng.choice([2, 3])
    back = draws < len(names) and rng.choice([True, False, False])
    how = (
        "Two are taken at random, the first being put back before the second is taken."
        if back
        else f"{NUMBERS[draws].capitalize()} are taken at random, without putting any back."
    )
    outcomes = product(items, repeat=draws) if back else permutations(items, draws)
    questions: list[tuple[str, Event, Event]] = [
        ("What is the probability that all of them are of the same kind?",
         lambda o: len(set(o)) == 1, lambda _: True),
        (f"What is the probability that exactly one of them is {a}?",
         lambda o: o.count(a) == 1, lambda _: True),
        (f"How likely is it that at least one of them is {a}?", lambda o: a in o, lambda _: True),
        (f"How likely is it that none of them is {a}?", lambda o: a not in o, lambda _: True),
        (f"The first one turns out to be {a}. How likely is it that the last one is {b}?",
         lambda o: o[-1] == b, lambda o: o[0] == a),
        (f"At least one of them is {a}. Given that, what is the probability that all of them are?",
         lambda o: set(o) == {a}, lambda o: a in o),
        ((f"It is known that none of them is {a}. What is then the probability that all of them "
         f"are {b}?"), lambda o: set(o) == {b}, lambda o: a not in o),
        ((f"The last one is {a}, and the others have not been looked at. What is the probability "
         f"that the first one is {a} too?"), lambda o: o[0] == a, lambda o: o[-1] == a),
    ]  # fmt: skip
    text, event, given = rng.choice(questions)
    scene = f"{head} {listed(counts, names)} {things}. {how}"
    if draws < len(names):
        text = text.replace("all of them", "both").replace("the others have", "the other has")
        text = text.replace("none of them is", "neither of them is")
    return f"{scene} {text}", probability(outcomes, event, given)


def dice(rng: Random) -> Problem:
    who, (number, sides) = rng.choice(list(ROLLS.items()))
    dice_text = f"{NUMBERS[number]} fair dice with {NUMBERS[sides]} sides, numbered 1 to {sides}"
    total, face = rng.randint(number + 2, number * sides - 2), rng.randint(2, sides)
    questions: list[tuple[str, Event, Event]] = [
        (f"What is the probability that the sum is {total}?",
         lambda o: sum(o) == total, lambda _: True),
        (f"What is the probability that the sum is greater than {total}?",
         lambda o: sum(o) > total, lambda _: True),
        (f"How likely is it that the highest number is {face}?",
         lambda o: max(o) == face, lambda _: True),
        (f"How likely is it that at least one die shows a {face}?",
         lambda o: face in o, lambda _: True),
        ("What is the probability that no two dice show the same number?",
         lambda o: len(set(o)) == number, lambda _: True),
        (f"At least one die shows a {face}. Given that, how likely is a sum of at least {total}?",
         lambda o: sum(o) >= total, lambda o: face in o),
        ((f"The dice show different numbers. What is then the probability that one of them is a "
         f"{face}?"), lambda o: face in o, lambda o: len(set(o)) == number),
        ((f"The sum is {total}. Under this condition, what is the probability that at least one "
         f"die shows a {face}?"), lambda o: face in o, lambda o: sum(o) == total),
        ("The sum is even. What is then the probability that all numbers are even?",
         lambda o: all(n % 2 == 0 for n in o), lambda o: sum(o) % 2 == 0),
        ("What is the probability that the product of the numbers is odd?",
         lambda o: all(n % 2 for n in o), lambda _: True),
    ]  # fmt: skip
    text, event, given = rng.choice(questions)
    return f"{who} rolls {dice_text}. {text}", probability(
        product(range(1, sides + 1), repeat=number), event, given
    )


def cards(rng: Random) -> Problem:
    suit, other = rng.sample("SHDC", 2)
    rank, name = rng.choice([(1, "ace"), (11, "jack"), (12, "queen"), (13, "king")])
    court = range(11, 14)
    questions: list[tuple[str, Event, Event]] = [
        ("What is the probability that both are of the same suit?",
         lambda o: o[0][1] == o[1][1], lambda _: True),
        ("What is the probability that they form a pair, that is, have the same rank?",
         lambda o: o[0][0] == o[1][0], lambda _: True),
        (f"What is the probability that at least one is a {name}?".replace("a ace", "an ace"),
         lambda o: rank in (o[0][0], o[1][0]), lambda _: True),
        (f"How likely is it that one of the {SPEECH[suit]} and one of the {SPEECH[other]} come up?",
         lambda o: {o[0][1], o[1][1]} == {suit, other}, lambda _: True),
        ("How likely is it that both are jacks, queens or kings?",
         lambda o: all(card[0] in court for card in o), lambda _: True),
        ((f"At least one of them is one of the {SPEECH[suit]}. Given that, what is the probability "
         "that both are?"), lambda o: o[0][1] == o[1][1] == suit,
         lambda o: suit in (o[0][1], o[1][1])),
        (f"The first is a {name}. How likely is it that the second is one of the {SPEECH[suit]}?"
         .replace("a ace", "an ace"), lambda o: o[1][1] == suit, lambda o: o[0][0] == rank),
        ("Neither of them is an ace. Given that, how likely are two cards of the same rank?",
         lambda o: o[0][0] == o[1][0], lambda o: 1 not in (o[0][0], o[1][0])),
        ("How likely is a second card of lower rank than the first, with the ace as the lowest?",
         lambda o: o[1][0] < o[0][0], lambda _: True),
        (f"How likely is it that exactly one of them is one of the {SPEECH[suit]}?",
         lambda o: (o[0][1] == suit) != (o[1][1] == suit), lambda _: True),
        (f"Their suits are different. Given that, how likely is it that the first is a {name}?"
         .replace("a ace", "an ace"), lambda o: o[0][0] == rank, lambda o: o[0][1] != o[1][1]),
        (f"Only one is a jack, queen or king. How likely is it to be a {SPEECH[suit][:-1]}?",
         lambda o: any(card[0] in court and card[1] == suit for card in o),
         lambda o: sum(card[0] in court for card in o) == 1),
    ]  # fmt: skip
    text, event, given = rng.choice(questions)
    return f"{DECK_TEXT}{text}", probability(permutations(DECK, 2), event, given)


def committee(rng: Random) -> Problem:
    head, first, second, group = rng.choice(GROUPS)
    a, b, size = rng.randint(3, 6), rng.randint(3, 6), rng.choice([3, 3, 4])
    one, two = rng.choice(PEOPLE).split(" and ")
    members = [(0, n) for n in range(a)] + [(1, n) for n in range(b)]
    x, y = (0, 0), (1, 0)
    some = rng.randint(1, size - 1)

    def firsts(outcome: Outcome) -> int:
        return sum(kind == 0 for kind, _ in outcome)

    questions: list[tuple[str, Event, Event]] = [
        ((f"What is the probability that exactly {NUMBERS[some]} of its members "
         f"{'is one of the' if some == 1 else 'are'} {first}?"),
         lambda o: firsts(o) == some, lambda _: True),
        (f"How likely is it that there are more {first} than {second} in it?",
         lambda o: 2 * firsts(o) > size, lambda _: True),
        ((f"One of the {first} is {one}, and one of the {second} is {two}. How likely is it that "
         f"both of them are in it?"), lambda o: x in o and y in o, lambda _: True),
        ((f"{one} is one of the {first} and {two} one of the {second}. How likely is it that "
         f"exactly one of these two is chosen?"), lambda o: (x in o) != (y in o), lambda _: True),
        ((f"{one}, one of the {first}, is chosen. Given that, what is the probability that all the "
         f"others in it are {second}?"), lambda o: firsts(o) == 1, lambda o: x in o),
        ((f"At least one of the {second} is chosen. Given that, how likely is it that no more than "
         f"one is?"), lambda o: firsts(o) == size - 1, lambda o: firsts(o) < size),
        ((f"{two}, one of the {second}, is not chosen. How likely is it then that {one}, one "
         f"of the {first}, is?"), lambda o: x in o, lambda o: y not in o),
        (f"What is the probability that both {first} and {second} are in it?",
         lambda o: 0 < firsts(o) < size, lambda _: True),
    ]  # fmt: skip
    text, event, given = rng.choice(questions)
    scene = f"{head} {NUMBERS[a]} {first} and {NUMBERS[b]} {second}. A {group} of {NUMBERS[size]} "
    scene += "is drawn from them by lot."
    return f"{scene} {text}", probability(combinations(members, size), event, given)


def near(text: str, other: str) -> bool:
    """Return whether two questions differ only in a name or a number."""
    one, two = Counter(text.split()), Counter(other.split())
    return (one - two).total() < APART


FORMS = [urn, dice, committee, urn, dice, committee, urn, dice, committee, cards]
ABOUT = {
    "summary": "Work out a probability as a fraction in lowest terms.",
    "definition": paragraphs("""
        You are given a question about chance: objects drawn, dice, cards or people chosen by lot,
        each possible outcome being equally likely. If the question tells something about the
        outcome, give the conditional probability. Answer with the exact probability as a fraction
        in lowest terms, numerator, slash, denominator, without spaces (for example 3/8), and
        nothing else. It is never 0 or 1.

        Work out how probable the event in the question is and write it as a reduced fraction such
        as 7/15, digits and a slash only; no decimal, no per cent, no working. All draws, rolls and
        choices are fair, and objects of one kind still count as different objects. What the
        question says about the result is a condition: only the cases that meet it are counted.
        The answer lies strictly between 0 and 1.

        Compute the exact probability asked for, assuming that chance favours nothing and nobody.
        Where the text already reveals a part of the result, the probability under that condition
        is meant. Output: one fraction, cancelled as far as possible, in the form a/b (5/12, not
        10/24, 0.4167 or "5 out of 12").
    """),
    "metrics": ["exact_match"],
    "categories": ["Mathematics"],
    "domains": ["Mathematics", "Statistics"],
    "reasoning": ["Mathematics -> Combinatorics", "Mathematics -> Counting"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Question, output, lesson.
TAUGHT = [
    (
        """A box contains 4 ripe and 3 unripe mangoes. Two are taken at random, without putting any
        back. What is the probability that exactly one of them is ripe?""",
        "4/7",
        """There are 21 pairs of mangoes; 4 * 3 = 12 of them have one of each kind. 12/21 is 4/7 in
        lowest terms.""",
    ),
    (
        """Dario rolls two fair dice with six sides, numbered 1 to 6. The sum is 8. Under this
        condition, what is the probability that at least one die shows a 5?""",
        "2/5",
        """Only the rolls with sum 8 count: 2-6, 3-5, 4-4, 5-3 and 6-2. Two of these five have a
        5.""",
    ),
    (
        """A choir has five altos and four tenors. A trio is drawn from them by lot. How likely is
        it that at least one tenor is in it?""",
        "37/42",
        """It is easier to count what must not happen: 10 of the 84 trios have altos only. That
        leaves 74/84, and cancelling 2 gives 37/42.""",
    ),
    (
        """Mira rolls two fair dice with six sides, numbered 1 to 6. At least one die shows a 6.
        Given that, what is the probability that both do?""",
        "1/6",
        """This is the probability for the second die if it is known that the first shows a 6. Here
        it is not said which die shows it.

        11 of the 36 rolls have at least one 6, and one of these has two: 1/11.""",
    ),
    (
        """A bag holds 5 green and 5 orange beads. Two are taken at random, without putting any
        back. What is the probability that both are green?""",
        "20/90",
        """The value is right, but the fraction is not in lowest terms.

        5/10 * 4/9 = 20/90, and both numbers can be divided by 10: 2/9.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)
    used: list[str] = []

    def draw(done: int) -> dict[str, Any] | None:
        text, answer = FORMS[done % len(FORMS)](rng)
        if (
            not 0 < answer < 1
            or answer.denominator > FINEST
            or any(near(text, old) for old in used)
        ):
            return None
        used.append(text)
        return instance(NAME, text, [str(answer)])

    shown = [demonstration(" ".join(text.split()), *rest) for text, *rest in TAUGHT]
    return document(NAME, SEED, ABOUT, shown, draw, count=COUNT)

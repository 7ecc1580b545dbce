"""Find out who said a line, from facts about the speakers and from all the lines together.

Each person says one line, and a line is true of whoever says it. Of all ways to give the lines to
the persons exactly one agrees with the facts; the line asked about could be said by two persons or
more if it stood alone.
"""

from itertools import permutations
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "who_said_it"
SEED = 20_304
COUNT = 80

NAMES = [
    "Ayesha",
    "Bram",
    "Carmen",
    "Davit",
    "Ebele",
    "Freya",
    "Goran",
    "Hinata",
    "Imre",
    "Jolanta",
]
NAMES += ["Kofi", "Leilani", "Mateo", "Nasrin", "Oskar", "Paloma", "Rashid", "Sunniva", "Thabo"]
NAMES += ["Ulla", "Vikram", "Wanjiru", "Xiang", "Yusuf", "Zuzana"]
VALUES = {
    "speaks": ["Arabic", "Dutch", "Greek", "Hindi", "Korean", "Polish", "Portuguese", "Turkish"],
    "was": ["Accra", "Izmir", "Kyoto", "Lisbon", "Oslo", "Quito"],
    "pet": ["cat", "dog", "parrot", "rabbit", "tortoise"],
    "thing": ["bicycle", "car", "motorbike", "sailing boat", "tent"],
}
SIZE = {"speaks": 2, "was": 1, "pet": 1, "thing": 1}
PORTRAITS = [
    "{name} speaks {l1} and {l2}, was in {was} at the weekend and has a {pet} and a {thing}.",
    "{name} has a {pet}, owns a {thing}, spent the weekend in {was} and knows {l1} and {l2}.",
    "{name}, back from a weekend in {was}, speaks {l1} and {l2} and has a {thing} and a {pet}.",
    "{name} speaks {l2} and {l1}, owns a {thing} and a {pet} and was in {was} at the weekend.",
]
# What is said, about what, and whether it says yes or no to that.
LINES = [
    ("The people at the next table spoke {speaks}, and I understood every word.", "speaks", True),
    ("I answered the phone in {speaks}, without any trouble.", "speaks", True),
    (
        "I read the whole letter to Grandfather, who only wanted to hear it in {speaks}.",
        "speaks",
        True,
    ),
    ("The manual is all in {speaks}, so I could not make out a word of it.", "speaks", False),
    ("I wish I had learned some {speaks}; I just smiled and nodded.", "speaks", False),
    ("It rained in {was} all Saturday, and I had left my coat at home.", "was", True),
    ("I went to the market in {was} on Sunday and bought far too much.", "was", True),
    ("So you had sunshine in {was} on Saturday? I should have come along.", "was", False),
    ("I have never set foot in {was}, not even this weekend.", "was", False),
    ("My {pet} woke me up at five again.", "pet", True),
    ("I found my {pet} asleep in the laundry basket.", "pet", True),
    ("I would love to have a {pet}, but there is no room for one in my flat.", "pet", False),
    ("I let a neighbour use my {thing} while I am at work.", "thing", True),
    ("I paid too much for my {thing}, but I don't regret it.", "thing", True),
    ("If I had a {thing} of my own, I would not have to borrow yours.", "thing", False),
    ("I am saving up for a {thing}: it would be my first.", "thing", False),
    ("My {pet} came with me to {was} on Saturday and hated the journey.", "pet was", True),
    ("I packed my {thing} and left for {was} on Friday evening.", "thing was", True),
    ("I taught my {pet} to obey in {speaks}.", "pet speaks", True),
    ("I swore at my {thing} in {speaks} when it let me down.", "thing speaks", True),
]


class Line(NamedTuple):
    """What is said, the values it speaks of, and whether its speaker must have them or not."""

    text: str
    about: dict[str, str]
    true: bool


Person = dict[str, list[str]]


def fits(line: Line, person: Person) -> bool:
    return all((value in person[key]) == line.true for key, value in line.about.items())


def speakers(lines: list[Line], people: dict[str, Person]) -> list[tuple[str, ...]]:
    """Return all ways to give each line to another person."""
    return [
        order
        for order in permutations(people)
        if all(fits(line, people[name]) for line, name in zip(lines, order, strict=True))
    ]


def portrait(form: str, name: str, person: Person) -> str:
    l1, l2 = person["speaks"]
    rest = {key: person[key][0] for key in ("was", "pet", "thing")}
    return form.format(name=name, l1=l1, l2=l2, **rest)


def told(facts: list[str], lines: list[str], asked: int) -> str:
    said = [f'{n}. "{line}"' for n, line in enumerate(lines, start=1)]
    return "\n".join([*facts, "", *said, "", f"Who said line {asked + 1}?"])


ABOUT = {
    "summary": "Find out by elimination who of several people said a line.",
    "definition": paragraphs("""
        You are given facts about some people and numbered lines; each of the people said exactly
        one of the lines. What a speaker says about himself or herself is true. The facts are
        complete: nobody speaks a language, owns an animal or a thing, or was in a city at the
        weekend that is not named with the person. Exactly one way of giving the lines to the people
        agrees with all this; you may have to place the other lines first. Answer the question with
        the first name of the speaker and nothing else.

        Several people are described, and as many lines are quoted without their speakers. Everybody
        said one line, and all speak the truth about themselves. Take the descriptions as full
        lists: what is not mentioned (another language, pet, possession or weekend in a city), the
        person does not have or did not do. Find the only possible assignment of lines to people and
        write the name of the person who said the line that is asked for.

        Who said the line in question? Match all lines with the people described: one line each, no
        line contradicting what is known of its speaker. Someone knows only the languages, has only
        the pet and the thing, and spent the weekend only in the city given for that person. A line
        may suit several people by itself, but only one complete matching is possible. Give just the
        name.
    """),
    "categories": ["Speaker Identification"],
    "domains": ["Dialogue", "Logic"],
    "reasoning": ["Deductive Reasoning", "Relational Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

ROSA = "Rosa speaks Greek and Hindi, was in Oslo at the weekend and has a cat and a tent."
EMEKA = "Emeka has a cat, owns a car, spent the weekend in Quito and knows Dutch and Greek."
LIEN = "Lien, back from a weekend in Oslo, speaks Dutch and Korean and has a car and a dog."
CAT = "I found my cat asleep in the laundry basket."
COAT = "It rained in Oslo all Saturday, and I had left my coat at home."
BORROW = "If I had a car of my own, I would not have to borrow yours."
MANUAL = "The manual is all in Dutch, so I could not make out a word of it."
PHONE = "I answered the phone in Greek, without any trouble."
QUITO = "I have never set foot in Quito, not even this weekend."
TENT = "I let a neighbour use my tent while I am at work."

# Facts, lines, number of the line asked about, output, lesson.
TAUGHT = [
    (
        [ROSA, EMEKA, LIEN],
        [CAT, COAT, BORROW],
        1,
        "Emeka",
        """Rosa and Emeka have a cat. Line 3 is said by somebody without a car, which is only Rosa;
        each says one line, so line 1 is left to Emeka (and line 2 to Lien).""",
    ),
    (
        [LIEN, ROSA, EMEKA],
        [PHONE, QUITO, MANUAL],
        2,
        "Lien",
        """Only Rosa knows no Dutch, so line 3 is hers. Line 2 is false of Emeka, who was in Quito,
        and Rosa has had her line.""",
    ),
    (
        [EMEKA, LIEN, ROSA],
        [COAT, TENT, PHONE],
        3,
        "Emeka",
        """Greek is spoken by Emeka and Rosa. The tent of line 2 is Rosa's, so that the phone call
        was Emeka's.""",
    ),
    (
        [ROSA, LIEN, EMEKA],
        [COAT, MANUAL, CAT],
        1,
        "Rosa",
        """Rosa was in Oslo, so line 1 would suit her, but she is the only one who does not know
        Dutch and must have said line 2.

        Place line 2 first; of those who were in Oslo only Lien remains for line 1.""",
    ),
    (
        [LIEN, EMEKA, ROSA],
        [BORROW, QUITO, CAT],
        3,
        "Rosa, Emeka",
        """Both have a cat, but the lines must be taken together and one speaker named. Line 1 is
        Rosa's, because the others have cars.

        Cross Rosa out for line 3 and answer with the one name that is left: Emeka.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        size = 3 + done % 3
        pools = {key: rng.sample(values, min(size, 4)) for key, values in VALUES.items()}
        people = {
            name: {key: rng.sample(pool, SIZE[key]) for key, pool in pools.items()}
            for name in rng.sample(NAMES, size)
        }
        lines = []
        for text, keys, true in rng.sample(LINES, size):
            about = {key: rng.choice(pools[key]) for key in keys.split()}
            lines.append(Line(text.format(**about), about, true))
        found = speakers(lines, people)
        open_lines = [
            n for n, line in enumerate(lines) if sum(fits(line, p) for p in people.values()) > 1
        ]
        if len(found) != 1 or not open_lines:
            return None
        asked = rng.choice(open_lines)
        facts = [portrait(rng.choice(PORTRAITS), *each) for each in people.items()]
        text = told(facts, [line.text for line in lines], asked)
        return instance(NAME, text, [found[0][asked]])

    shown = []
    for facts, lines, asked, answer, lesson in TAUGHT:
        text = told(facts, lines, asked - 1)
        shown.append(demonstration(text, answer, lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=COUNT)

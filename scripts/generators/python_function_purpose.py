"""Choose, from four descriptions, the one that says what a short Python function does.

Most of the functions are put together from a filter, a step and an end; the others come from
families of relatives. Every description has a function of its own behind it, and descriptions stand
side by side only if their functions return different things for enough random arguments.
"""

import itertools
from collections.abc import Callable
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "python_function_purpose"
SEED = 20_503
INSTANCES = 80
RUNS, APART = 200, 12  # calls with random arguments, and in how many two functions must differ

# Of each kind of function put together: the sort of argument; filters, steps and ends, each an
# expression and its meaning. {x} is one item, {s} what the items that were kept have become.
PARTS = {
    "xs": """
{x} % 2 == 0 = are even | {x} % 2 == 1 = are odd | {x} > 0 = are positive | {x} < 0 = are negative \
| {x} % 3 == 0 = are divisible by 3 | abs({x}) > 9 = are more than 9 away from zero \
| {x} not in (0, 1) = are neither 0 nor 1
{x} * {x} = their squares | abs({x}) = their absolute values | {x} % 10 = their remainders mod 10 \
| -{x} = their negatives | {x} // 2 = their rounded-down halves | {x} + 1 = their successors
sum({s}) = the sum of @ | max({s}, default=0) = the largest of @ (0 if there is none) \
| sorted({s}) = the list of @ in ascending order | len(set({s})) = how many different values there \
are among @ | min({s}, default=0) = the smallest of @ (0 if there is none) \
| sorted({s})[::-1] = the list of @ in descending order
""",
    "ws": """
len({x}) > 4 = have more than four letters | {x} == {x}[::-1] = are the same when read backwards \
| {x}[0] in "aeiou" = begin with a vowel | {x}[0] == {x}[-1] = begin and end with the same letter \
| len(set({x})) == len({x}) = contain no letter twice | len({x}) % 2 = have an odd number of \
letters | {x} < "m" = come before "m" in the alphabet
{x}.upper() = their forms in capital letters | {x}[::-1] = their reversed forms \
| {x}[0] = their first letters | {x}[-1] = their last letters | {x}[1:] = their \
endings after the first letter | "".join(sorted({x})) = their forms with the letters sorted
"-".join({s}) = @, as one string with hyphens between them | sorted({s}) = @, as a list in \
alphabetical order | len(set({s})) = how many different strings there are among @ \
| {s}[::-1] = @, as a list in reverse order | "".join({s}) = @, as one string with nothing between \
them | max({s}, key=len, default="") = the first of the longest of @ (empty if there is none)
""",
}
THINGS = {"xs": "numbers", "ws": "words"}

# Of each family the parameters; then descriptions, each with a body (" ~ " is a line break, > one
# level of indentation).
FAMILIES = """
xs
How often an item is greater than the one before it. | return sum(b > a for a, b in zip(xs, \
xs[1:]))
The length of the longest stretch of neighbouring items that grow strictly. | best = run = 1 ~ for \
a, b in zip(xs, xs[1:]): ~ > run = run + 1 if b > a else 1 ~ > best = max(best, run) ~ return best
How many inner items are greater than both of their neighbours. | return sum(a < b > c for a, b, c \
in zip(xs, xs[1:], xs[2:]))
The largest difference between two neighbouring items, whatever its sign. | return max(abs(a - b) \
for a, b in zip(xs, xs[1:]))
The largest gain from an item to a later one, or 0 if there is no gain. | low, gain = xs[0], 0 ~ \
for x in xs: ~ > low = min(low, x) ~ > gain = max(gain, x - low) ~ return gain

xs
The items that occur more than once, each listed once. | return [x for i, x in enumerate(xs) if \
xs.count(x) > 1 and x not in xs[:i]]
The items that occur exactly once, in their order. | return [x for x in xs if xs.count(x) == 1]
The items without repetitions, each in the place where it first occurs. | out = [] ~ for x in xs: \
~ > if x not in out: ~ >> out.append(x) ~ return out
The items without repetitions, each in the place where it last occurs. | return [x for i, x in \
enumerate(xs) if x not in xs[i + 1:]]
The items left when of equal neighbours only the first is kept. | out = [] ~ for x in xs: ~ > if \
not out or out[-1] != x: ~ >> out.append(x) ~ return out

n
The smallest divisor of n that is greater than 1. | d = 2 ~ while n % d: ~ > d += 1 ~ return d
The largest divisor of n that is smaller than n. | d = n - 1 ~ while n % d: ~ > d -= 1 ~ return d
How many divisors n has, with 1 and n. | return sum(n % d == 0 for d in range(1, n + 1))
The largest prime factor of n. | d = 2 ~ while d < n: ~ > if n % d == 0: ~ >> n //= d ~ > else: ~ \
>> d += 1 ~ return n
The sum of all divisors of n that are smaller than n. | return sum(d for d in range(1, n) if n % d \
== 0)

m
The matrix mirrored along its main diagonal (rows become columns). | return [[row[j] for row in m] \
for j in range(len(m[0]))]
The matrix turned by a quarter to the right. | return [list(column) for column in zip(*m[::-1])]
The matrix with the order of its rows reversed. | return [m[i] for i in range(len(m) - 1, -1, -1)]
The matrix mirrored from left to right. | return [row[::-1] for row in m]
The matrix turned by half a turn. | return [row[::-1] for row in m[::-1]]

xs
The list of sums of the items up to each place. | out, total = [], 0 ~ for x in xs: ~ > total += x \
~ > out.append(total) ~ return out
For each place, the largest item up to there. | out = [] ~ for x in xs: ~ > out.append(max(x, \
out[-1]) if out else x) ~ return out
For each place, the largest item from there to the end. | return [max(xs[i:]) for i in \
range(len(xs))]
For each item, how many items of the list are smaller. | return [sum(y < x for y in xs) for x in \
xs]
For each item, how many earlier items are greater. | return [sum(y > x for y in xs[:i]) for i, x \
in enumerate(xs)]

ws
A dictionary from each first letter to the words that begin with it. | out = {} ~ for w in ws: ~ > \
out.setdefault(w[0], []).append(w) ~ return out
A dictionary from each length to how many words have it. | out = {} ~ for w in ws: ~ > out[len(w)] \
= out.get(len(w), 0) + 1 ~ return out
A dictionary from each word to the place of its last occurrence. | return {w: i for i, w in \
enumerate(ws)}
A dictionary from each word to the place of its first occurrence. | out = {} ~ for i, w in \
enumerate(ws): ~ > out.setdefault(w, i) ~ return out
A dictionary from each first letter to the last word that begins with it. | return {w[0]: w for w \
in ws}
""".strip().split("\n\n")
WORDS = ["noon", "ant", "civic", "oboe", "tilt", "kayak", "river", "stone", "plum", "lamp", "eagle"]
WORDS += ["otter", "iris", "area", "moss", "pulp"]
DRAW: dict[str, Callable[[Random], list[Any]]] = {
    "xs": lambda rng: [rng.choices(rng.choice([range(-12, 25), range(1, 6)]), k=rng.randint(3, 9))],
    "n": lambda rng: [rng.randint(2, 700)],
    "m": lambda rng: [[[rng.randint(0, 9) for _ in "abc"] for _ in range(rng.randint(2, 3))]],
    "ws": lambda rng: [[rng.choice(WORDS) for _ in range(rng.randint(4, 9))]],
}
BODIES = [
    "out = [] ~ for {x} in {a}: ~ > if {f}: ~ >> out.append({m}) ~ return {e}",
    "out = [{m} for {x} in {a} if {f}] ~ return {e}",
    "out = [] ~ for {x} in {a}: ~ > if not ({f}): ~ >> continue ~ > out.append({m}) ~ return {e}",
    "kept = (item for item in {a} if {g}) ~ out = [{m} for {x} in kept] ~ return {e}",
]
NAMES = ["compute", "evaluate", "f", "func", "process", "run", "solve", "work"]

Function = tuple[str, str]  # what it returns, and its code


def function(name: str, parameters: str, body: str) -> str:
    lines = [f"def {name}({parameters.replace(' ', ', ')}):"]
    for line in body.split(" ~ "):
        text = line.lstrip(">").strip()
        lines.append("    " * (1 + len(line) - len(line.lstrip(">"))) + text)
    return "\n".join(lines)


def results(code: str, calls: list[list[Any]]) -> list[Any]:
    """Return what the function returns, call by call; the code is ours."""
    space: dict[str, Any] = {}
    exec(code, space)  # noqa: S102
    call = space[code.partition("(")[0].removeprefix("def ")]
    return [call(*arguments) for arguments in calls]


def distinct(rng: Random, sort: str, functions: list[Function]) -> bool:
    """Return whether each two of the functions differ for enough random arguments."""
    calls = [DRAW[sort](rng) for _ in range(RUNS)]
    returned = [results(code, calls) for _, code in functions]
    return all(
        sum(a != b for a, b in zip(one, other, strict=True)) >= APART
        for number, one in enumerate(returned)
        for other in returned[:number]
    )


def composed(rng: Random, sort: str) -> list[Function]:
    """Return four functions that differ in two of their parts; any of them may be the right one."""
    parts = [
        [part.strip().split(" = ", 1) for part in line.split(" | ")]
        for line in PARTS[sort].strip().splitlines()
    ]
    fixed = rng.randrange(3)
    chosen = [rng.sample(each, 1 if i == fixed else 2) for i, each in enumerate(parts)]
    body, name = rng.choice(BODIES), rng.choice(NAMES)
    x, a = rng.choice(["x", "v", "each"]), rng.choice(["items", "data", "values", sort])
    made: list[Function] = []
    for (test, which), (step, what), (end, whole) in itertools.product(*chosen):
        words = {"f": test.format(x=x), "g": test.format(x="item"), "m": step.format(x=x)}
        filled = body.format(x=x, a=a, e=end.format(s="out"), **words)
        says = f"Keeping only the {THINGS[sort]} that {which}: {whole.replace('@', what)}."
        made.append((says, function(name, a, filled)))
    return made


def related(rng: Random, family: str, right: int) -> tuple[str, list[Function]]:
    """Return four functions of a family, that of number `right` first."""
    parameters, *lines = family.splitlines()
    name = rng.choice(NAMES)
    members = [
        (says, function(name, parameters, body))
        for says, body in (line.split(" | ") for line in lines)
    ]
    others = [each for each in members if each != members[right]]
    return parameters, [members[right], *rng.sample(others, 3)]


def text_of(code: str, descriptions: list[str]) -> str:
    return "\n".join([code, "", "What does it return?", *descriptions])


ABOUT = {
    "summary": "Choose the description that says what a short Python function returns.",
    "definition": paragraphs("""
        You are given a short Python 3 function and four descriptions of what it returns, one per
        line. Exactly one description is true for all sensible arguments: lists and texts that are
        not empty, words of small letters, positive whole numbers n, matrices as lists of rows.
        Answer with that description, copied exactly as it stands, and nothing else.

        Read the Python function and the four lines below the question. Decide which single line
        describes the value that the function returns, whatever list, text, matrix or positive
        integer of the kind it expects is passed to it (never an empty one). Write out that line
        unchanged, without a number or a comment.

        Which of the four descriptions fits the Python function shown? It has to hold for every
        fitting argument (non-empty lists, strings and matrices, lower-case words, integers above
        0), and the other three do not. Your answer is the text of the description, character for
        character.
    """),
    "answer_format": {"kind": "choices"},
    "categories": ["Code to Text"],
    "domains": ["Code -> Language -> Python"],
    "reasoning": ["Logical Reasoning", "Reasoning with Symbols"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Parameter, body, descriptions (the first is right), which of them is shown, lesson.
TAUGHT = [
    (
        "xs",
        "best = xs[0] ~ for x in xs: ~ > if x >= best: ~ >> best = x ~ return xs.index(best)",
        """The place of the first largest item.|The place of the last largest item.
        |The largest item.|The place of the first smallest item.""",
        0,
        """The loop finds the largest value. Its >= makes no difference to that value, and index
        then looks for it from the front, so the first place is returned.""",
    ),
    (
        "ws",
        "out = [] ~ for w in ws: ~ > if w not in out: ~ >> out.insert(0, w) ~ return out",
        """The different words, the latest new one first.|All words in reverse order.
        |The different words in alphabetical order.|The different words, the earliest first.""",
        0,
        """A word is taken only if it is not there yet, so repetitions disappear, and insert(0, w)
        puts each new word in front of the earlier ones.""",
    ),
    (
        "n",
        "k = 0 ~ while k * k < n: ~ > k += 1 ~ return k",
        """The smallest number whose square is at least n.|The largest number whose square is at \
most n.|The number of squares below n, 0 not counted.|The square of the smallest number above n.""",
        0,
        """The loop stops at the first k whose square is no longer smaller than n: for n = 10 that
        is 4, while the largest number whose square is at most 10 is 3.""",
    ),
    (
        "xs",
        "return [x for i, x in enumerate(xs) if x not in xs[:i]]",
        """The items without repetitions, in order of first occurrence.|The items that occur only \
once.|The items that occur more than once.|The items that differ from the one before.""",
        1,
        """An item is kept if it has not occurred before it; that it comes again later does not
        matter. For 3, 3, 5 the function returns 3 and 5, though 3 occurs twice.

        Choose the description in which repetitions are dropped but one of each stays.""",
    ),
    (
        "t",
        "return sum(a != b for a, b in zip(t, t[1:]))",
        """How many characters differ from the one before them.|How many different characters \
there are.|How many characters equal the one before them.|How many characters are repeated.""",
        1,
        """zip pairs each character with the next one, so neighbours are compared, not all
        characters: "abab" has two different characters, but the function returns 3.

        Choose the description that counts the changes from one character to the next.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)
    plan = [(family, right) for right in range(5) for family in FAMILIES]

    def draw(done: int) -> dict[str, Any] | None:
        if done % 2 and done // 2 < len(plan):
            sort, functions = related(rng, *plan[done // 2])
        else:
            sort = rng.choice(["xs", "ws"])
            functions = rng.sample(composed(rng, sort), 4)
        if not distinct(rng, sort, functions):
            return None
        right, code = functions[0]
        offered = rng.sample([says for says, _ in functions], 4)
        answer = [{"text": each, "score": int(each == right)} for each in offered]
        return instance(NAME, text_of(code, offered), [right], answer=answer)

    shown = []
    for parameters, body, listed, output, lesson in TAUGHT:
        descriptions = [each.strip() for each in listed.split("|")]
        text = text_of(function("f", parameters, body), rng.sample(descriptions, 4))
        shown.append(demonstration(text, descriptions[output], lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=INSTANCES)

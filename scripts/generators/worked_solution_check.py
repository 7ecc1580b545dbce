"""Name the first wrong step of a worked solution to a word problem, or say that there is none.

The steps of a right solution are formulas. One is spoiled by a slip of arithmetic or by a formula
with another result; the later steps go on from there, now and then with a second slip.
"""

import ast
import operator
import re
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "worked_solution_check"
SEED = 20_304
SOLUTIONS = 108
SLIP = 9
LABELS = ["step 1", "step 2", "step 3", "step 4", "step 5", "none"]
NAMES = ["Amara", "Björn", "Catalina", "Dinesh", "Ewa", "Farhan", "Gulnara", "Hiroshi", "Imani"]
NAMES += ["Jorge", "Keren", "Luca", "Mehmet", "Nkechi", "Oksana", "Paulo", "Rania", "Siosaia"]

# Problems: the text, the ranges of its numbers, and the steps: what is found, its formula, its
# unit, and wrong formulas. The result of step 1 is called s1.
PROBLEMS = """
{who} buys {n} notebooks at {p} dollars each and {m} pens at {q} dollars each, and pays with a \
voucher of {b} dollars. How much is left on the voucher?
n 3-8 p 4-9 m 5-12 q 2-3 b 110-150
The notebooks cost # n * p # dollars # n + p; n * q
The pens cost # m * q # dollars # m * p; m + q
Together they cost # s1 + s2 # dollars # s1 - s2; s1 + m
The voucher still holds # b - s3 # dollars # b - s1; b + s3

A train leaves with {a} passengers. At the first stop {o} get off and {i} get on; at the second \
stop {d} get off and twice as many get on. Every passenger still on board then has a snack box, \
and the boxes come in cartons of {c}. How many full cartons are needed if nothing is left over?
a 120-190 o 15-40 i 20-60 d 11-30 c 3-9
After passengers get off at the first stop there are # a - o # passengers # a + o; a - i
After others get on there, there are # s1 + i # passengers # s1 - i; s1 + o
At the second stop, the number of those who get on is # d * 2 # passengers # d / 2; o * 2
Leaving the second stop, the train carries # s2 - d + s3 # passengers # s2 + s3; s2 + d - s3
The number of cartons is # s4 / c # # s2 / c; s4 - c

{who} paints a wall {w} metres wide and {h} metres high. It has {k} windows of {x} square metres \
each, which are not painted. A litre of paint covers {c} square metres, and a litre costs {p} \
euros. What does the paint cost for one coat?
w 8-16 h 3-6 k 2-4 x 2-3 c 4-8 p 9-16
The wall measures # w * h # square metres # w + h; w * w
The windows measure # k * x # square metres # k + x + x; w * x
To be painted are # s1 - s2 # square metres # s1 + s2; s1 - k
The paint needed is # s3 / c # litres # s1 / c; s3 - c
The paint costs # s4 * p # euros # s3 * p; s4 + p

A bakery makes {t} trays of {n} rolls. In the morning it sells {a} rolls, and in the afternoon \
{d} fewer than in the morning. The rolls that remain are packed in bags of {c}. How many bags are \
filled?
t 6-12 n 24-36 a 70-110 d 12-40 c 4-8
The number of rolls baked is # t * n # # t + n; t * c
The number sold in the afternoon is # a - d # # a + d; d - c
Altogether the bakery sells # a + s2 # rolls # a + d; a - s2
What remains is # s1 - s3 # rolls # s1 - a; s1 + s3
The number of bags is # s4 / c # # s1 / c; s4 * c

{who} cycles for {t} hours at {v} kilometres per hour and then for {u} hours at {w} kilometres \
per hour. The whole tour is {d} kilometres long, and the rest is to be done in {k} equal stages. \
How long is each stage?
t 2-4 v 14-19 u 2-3 w 20-24 d 140-220 k 2-6
The first part is # t * v # kilometres # t + v; u * v
The second part is # u * w # kilometres # t * w; u + w
These two parts make # s1 + s2 # kilometres # s1 - s2; v + w
What remains is # d - s3 # kilometres # d - s1; d + s3
Each stage is # s4 / k # kilometres # d / k; s4 * k

A school orders {n} tables at {p} euros and {m} chairs at {q} euros. The shop takes {r} percent \
off the price of the goods and charges {f} euros for delivery. What does the school pay?
n 5-15 p 60-90 m 20-40 q 20-35 r 5-25 f 25-60
The tables cost # n * p # euros # m * p; n + p
The chairs cost # m * q # euros # n * q; m + q
All goods cost # s1 + s2 # euros # s1 - s2; s1 + s2 + f
The reduction is # s3 * r / 100 # euros # s1 * r / 100; s3 / r
The school pays # s3 - s4 + f # euros # s3 + s4 + f; s3 - s4 - f

{who} reads {a} pages on Monday and twice as many on Tuesday. On Wednesday it is {d} pages fewer \
than on Tuesday. The book has {b} pages. How many pages are left after Wednesday?
a 25-48 d 8-20 b 230-320
On Tuesday {who} reads # a * 2 # pages # a / 2; a + 2
On Wednesday {who} reads # s1 - d # pages # s1 + d; a - d
The three days together make # a + s1 + s2 # pages # s1 + s2; a + s1 - s2
The number of pages left is # b - s3 # # b - s1; b + s3

A farm has {h} hens. Each lays {e} eggs a week. {k} eggs break every week; the others are sold in \
boxes of {c} at {p} dollars a box, and the feed costs {f} dollars a week. What does the farm earn \
in a week after the feed is paid?
h 30-60 e 5-6 k 6-24 c 6-10 p 3-5 f 35-60
In a week the hens lay # h * e # eggs # h + e; h * c
The farm can then sell # s1 - k # eggs # s1 + k; s1 - e
That fills # s2 / c # boxes # s1 / c; s2 - c
The boxes bring in # s3 * p # dollars # s2 * p; s3 + p
After paying for the feed there remain # s4 - f # dollars # s4 + f; s3 - f

{who} wants to save {g} dollars. There are {b} dollars in the account already. {who} earns {e} \
dollars a week, spends {s} dollars of it and saves the rest. How many dollars has {who} spent by \
the time the goal is reached exactly?
g 300-600 b 40-120 e 50-90 s 15-35
Still missing are # g - b # dollars # g + b; g - e
The amount saved each week is # e - s # dollars # e + s; b - s
The number of weeks is # s1 / s2 # # g / s2; s1 / e
{who} spends in that time # s3 * s # dollars # s3 * e; s3 + s

A tank holds {v} litres. A pump fills in {i} litres per minute, while {o} litres per minute leak \
out. After {t} minutes the leak is mended. How many more minutes does the pump need to fill the \
tank, which was empty at first?
v 300-700 i 20-40 o 3-9 t 5-12
While it leaks, every minute adds # i - o # litres # i + o; i - t
When the leak is mended, the tank contains # t * s1 # litres # t * i; s1 + t
What is missing then is # v - s2 # litres # v + s2; v - s1
The pump still needs # s3 / i # minutes # s3 / s1; v / i

{n} friends rent a boat for {h} hours at {p} dollars an hour and pay {d} dollars for fuel. Snacks \
cost {s} dollars per person. The boat and the fuel are shared equally. What does each one pay in \
all?
n 3-8 h 3-7 p 24-48 d 30-60 s 4-11
The boat costs # h * p # dollars # h + p; n * p
Boat and fuel cost # s1 + d # dollars # s1 - d; s1 + s
Each one's share of these is # s2 / n # dollars # s1 / n; s2 - n
With the snacks, each one pays # s3 + s # dollars # s3 + n * s; s3 - s

A gardener plants {r} rows of {n} tulips and {q} rows of {m} lilies. {k} percent of all plants do \
not grow. The ones that do are cut and tied in bunches of {c}. How many bunches are there?
r 5-9 n 14-26 q 3-8 m 10-20 k 5-20 c 6-9
The number of tulips is # r * n # # r + n; q * n
The number of lilies is # q * m # # r * m; q + m
Altogether that makes # s1 + s2 # plants # s1 - s2; s1 + m
The number of plants that do not grow is # s3 * k / 100 # # s1 * k / 100; s3 / k
The number of bunches is # (s3 - s4) / c # # s3 / c; s4 / c
"""

SIGNS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: Fraction}
PRINTED = str.maketrans({"*": "\u00d7", "/": "\u00f7", "-": "\u2212"})
Values = dict[str, Any]


class Step(NamedTuple):
    """What a step finds, the right formula, the unit, and wrong formulas."""

    finds: str
    formula: str
    unit: str
    wrong: list[str]


def value(formula: str | ast.expr, values: Values) -> Fraction:
    tree = ast.parse(formula, mode="eval").body if isinstance(formula, str) else formula
    if isinstance(tree, ast.BinOp):
        sides = (value(side, values) for side in (tree.left, tree.right))
        return Fraction(SIGNS[type(tree.op)](*sides))
    return Fraction(values[tree.id] if isinstance(tree, ast.Name) else ast.literal_eval(tree))


def slip(rng: Random, right: int) -> int:
    """Return a result as a slip of arithmetic gives it: a few off, ten off, or digits swapped."""
    text = str(right)
    swapped = int(text[:-2] + text[-2:][::-1])
    near = {right + 1, right - 1, right + 2, right - 2, right + 10, right - 10, swapped}
    return rng.choice([each for each in sorted(near) if each > 0 and each != right])


def solve(
    rng: Random, steps: list[Step], given: Values, spoiled: int, error: int
) -> list[tuple[str, int]] | None:
    """Return formula and result of every step, or None if a result is no natural number.

    The wrong formula number `error` spoils step number `spoiled`, or a slip if there is none.
    """
    values = dict(given)
    found = []
    for n, step in enumerate(steps, start=1):
        right = step.formula
        formula = step.wrong[error] if n == spoiled and error < SLIP else right
        result = value(formula, values)
        same = formula != right and result == value(right, values)
        if result <= 0 or result.denominator > 1 or same:
            return None
        second = 0 < spoiled < n == len(steps) and rng.random() < 1 / 4
        slipped = second or (n == spoiled and formula == right)
        shown = slip(rng, int(result)) if slipped else int(result)
        found.append((re.sub(r"[a-z]\d?", lambda m: str(values[m[0]]), formula), shown))
        values[f"s{n}"] = shown
    return found


def worded(style: int, n: int, step: Step, line: tuple[str, int]) -> str:
    """Return one step in one of three styles."""
    formula, result = line[0].translate(PRINTED), line[1]
    finds, unit = step.finds, f" {step.unit}" if step.unit else ""
    told = f"{formula} = {result}"
    if style == 0:
        return f"Step {n}: {finds} {told}{unit}."
    if style == 1:
        return f"Step {n}. {finds} {result}{unit} ({told})."
    first = finds[0] if finds.split()[0] in NAMES else finds[0].lower()
    return f"Step {n}: {told}, so {first}{finds[1:]} {result}{unit}."


def solution(rng: Random, number: int, spoiled: int, error: int) -> str | None:
    """Return a problem with its solution, or None if a try came to nothing."""
    text, ranges, *lines = PROBLEMS.strip().split("\n\n")[number].splitlines()
    words = ranges.split()
    given = {
        name: rng.randint(*map(int, limits.split("-")))
        for name, limits in zip(words[::2], words[1::2], strict=True)
    }
    who = rng.choice(NAMES)
    parts = [[part.strip() for part in line.format(who=who).split("#")] for line in lines]
    steps = [Step(*three, wrong.split("; ")) for *three, wrong in parts]
    right = solve(rng, steps, given, 0, 0)
    found = right and solve(rng, steps, given, spoiled, error)
    if not found or spoiled > len(steps):
        return None
    style = rng.randrange(3)
    shown = [worded(style, n, *pair) for n, pair in enumerate(zip(steps, found, strict=True), 1)]
    return "\n".join([text.format(who=who, **given), "", *shown])


ABOUT = {
    "summary": "Name the first wrong step in the solution of a word problem.",
    "definition": paragraphs("""
        You are given a word problem and a solution in numbered steps. Find the first step that is
        wrong. A step is wrong if its calculation has a wrong result, or if it does not calculate
        what it claims to find, because it takes a wrong number or a wrong operation. A step that
        only goes on, in a correct way, from a wrong result of an earlier step is not wrong itself.
        Answer "step" and its number, such as "step 2", or "none" if all steps are right.

        Check the solution below the problem step by step. Which step contains the first mistake, be
        it a slip of arithmetic or a calculation that does not fit the problem? Do not blame a step
        for using an earlier result that was wrong. Write "step 1", "step 2", "step 3", "step 4" or
        "step 5", and "none" if there is no mistake.

        A pupil has solved a word problem in several steps. At which step does the solution first go
        wrong? Look both at whether each calculation is worked out correctly and at whether it is
        the right calculation, with the right numbers, for what the step says. Later steps that
        merely inherit an error do not count. The answer has the form "step 3"; it is "none" for a
        solution without errors.
    """),
    "answer_format": {"kind": "label", "labels": LABELS},
    "categories": ["Answer Verification"],
    "domains": ["Mathematics", "Narrative -> Everyday Events"],
    "reasoning": ["Mathematics -> Arithmetic", "Multihop Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
    "metrics": ["exact_match"],
}

# Number of the problem, seed, step to spoil, its wrong formula, wrong label, lesson.
TAUGHT = [
    text.split(" # ", 5)
    for text in paragraphs("""
    0 # 1 # 2 # 0 # - # A pen costs 3 dollars; 8 dollars is the price of a notebook. So step 2 takes
    a wrong number, although 6 times 8 is 48. Steps 3 and 4 only go on from its result.

    5 # 2 # 4 # 9 # - # The right numbers are taken everywhere, but 10 percent of 1230 is 123, not
    125. Step 5 reckons correctly with the 125 it is given, so the first wrong step is step 4.

    9 # 3 # 0 # 0 # - # While water leaks out, 39 - 7 = 32 litres a minute are gained, afterwards
    the full 39. Every step takes the right one of these rates, and all results are right.

    4 # 4 # 3 # 9 # step 4 # Step 4 has a result that does not fit the problem, but only because it
    takes over the 94 of step 3, and its own calculation is right. # Find the step where the wrong
    number comes from: 32 + 60 is 92, so the answer is "step 3".

    7 # 5 # 3 # 0 # none # All results are worked out correctly, but that is not enough: step 3 puts
    all 192 eggs in boxes, also the 16 that are broken. # Compare each step with the problem as
    well: the boxes hold the 176 eggs of step 2, so the answer is "step 3".
""")
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        label = LABELS[done % len(LABELS)]
        spoiled = (done + 1) % len(LABELS)
        long = [
            n for n, each in enumerate(PROBLEMS.split("\n\n")) if each.count(" # ") // 3 >= spoiled
        ]
        number = long[(done // len(LABELS) + 2 * spoiled) % len(long)]
        error = rng.choice([0, 1, SLIP, SLIP])
        text = solution(rng, number, spoiled, error)
        return text and instance(NAME, text, [label])

    shown = []
    for *numbers, wrong, lesson in TAUGHT:
        number, seed, spoiled, error = map(int, numbers)
        own = Random(seed)
        while not (text := solution(own, number, spoiled, error)):
            pass
        output = LABELS[spoiled - 1] if wrong == "-" else wrong
        shown.append(demonstration(text, output, lesson.replace(" # ", "\n\n")))
    return document(NAME, SEED, ABOUT, shown, draw, count=SOLUTIONS)

"""Say what a short Python program prints.

The program is drawn from templates with random names, numbers and words, and its output is what a
fresh interpreter prints when it runs it. Each template turns on something that readers get wrong:
floor division of negative numbers, aliasing, default arguments, late binding, `else` on a loop,
names of an inner scope, iterators that are used up.
"""

import subprocess
import sys
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "python_program_output"
SEED = 20_102

# {n} names (distinct), {a} {b} {c} numbers (distinct), {w} a word, {l} a list of numbers.
TEMPLATES = [
    """
total = 0
for {x} in range({a}, {a} + {c}):
    if {x} % {b} == 0:
        continue
    total += {x}
print(total)
""",
    """
{x} = "{w}"
print({x}[::-1])
print({x}[1:-1].upper(), len({x}) * {b})
""",
    """
{x} = {l}
{y} = {x}
{z} = {x}[:]
{y}.append({a})
{z}.append({b})
print(len({x}), {x}[-1], {z}[-1])
""",
    """
print(-{a} // {b}, -{a} % {b})
print({a} // -{b}, int(-{a} / {b}))
""",
    """
def add({x}, {y}=[]):
    {y}.append({x})
    return {y}

add({a})
print(add({b}))
print(add({c}, []))
""",
    """
{x} = {{}}
for letter in "{w}":
    {x}[letter] = {x}.get(letter, 0) + 1
best = max({x}, key={x}.get)
print(best, {x}[best], len({x}))
""",
    """
{x} = {l}
print(sorted({x}, key=lambda {y}: ({y} % {b}, -{y})))
""",
    """
def {x}(n):
    if n < {b}:
        return n
    return {x}(n // {b}) + n % {b}

print({x}({a}{c}))
""",
    """
for {x} in {l}:
    if {x} % {b} == 0:
        print("found", {x})
        break
else:
    print("none")
""",
    """
{x} = [lambda: {y} * {a} for {y} in range({b})]
{z} = [lambda {y}={y}: {y} * {a} for {y} in range({b})]
print({x}[0](), {z}[0](), {z}[-1]())
""",
    """
def {x}(n):
    while n > 1:
        yield n
        n = n // 2 if n % 2 == 0 else n - {b}

print(list({x}({a})), sum({x}({c})))
""",
    """
{x} = {l}
{y} = [{z} * {z} for {z} in {x} if {z} % 2]
{x}[1:3] = [{a}]
print({y})
print({x})
""",
    """
def check({x}):
    try:
        return {a} // ({x} - {b})
    except ZeroDivisionError:
        return "zero"
    finally:
        print("checked", {x})

print(check({b}), check({c}))
""",
    """
words = "{w} {v} {w}s".split()
{x} = {{word[0]: i for i, word in enumerate(words, start={b})}}
print({x})
print("-".join(word[-2:] for word in words))
""",
    """
def counter(start={a}):
    def step(by={b}):
        nonlocal start
        start += by
        return start

    return step

{x}, {y} = counter(), counter({c})
{x}()
print({x}({c}), {y}(), {x}())
""",
    """
class Box:
    items = []

    def __init__(self, size):
        self.size = size

    def put(self, item):
        self.items.append(item)
        return len(self.items)

{x}, {y} = Box({a}), Box({b})
{x}.put("{w}")
print({y}.put("{v}"), {y}.size, {x}.items[-1])
""",
    """
{x}, {y} = {a}, {c}
while {y}:
    {x}, {y} = {y}, {x} % {y}
    print({x}, {y})
""",
    """
{x} = [[0] * {b}] * 2
{x}[0][1] = {a}
{y} = [[0] * {b} for _ in range(2)]
{y}[0][1] = {c}
print({x})
print({y})
""",
    """
{x} = "{w}"
{y} = sorted(set({x}))
print("".join({y}), {x}.find({y}[-1]), {x}.count({y}[0]))
""",
    """
for {x}, {y} in zip({l}, "{w}"):
    if {x} > {a}:
        print({y} * ({x} % {b}), end="|")
print("end")
""",
    """
def {x}(*{y}, last={b}):
    return sum({y}[1:]) - last

print({x}({a}, {c}), {x}({c}, {a}, {b}, last={a}), {x}({b}))
""",
    """
{x} = {l}
{y} = iter({x})
print(next({y}), sum({y}), list({y}))
""",
    """
{x} = {a}

def change({y}):
    {x} = {y} + {b}
    return {x}

print(change({x}), {x}, change({c}))
""",
    """
{x} = {l}
{y} = {x}.sort()
{z} = sorted({x}, reverse=True)
print({y}, {x}[1], {z}[:{b}])
""",
]
NAMES = ["data", "item", "k", "left", "other", "part", "right", "seen", "step", "value", "x", "y"]
WORDS = ["balloon", "banana", "coffee", "cricket", "giraffe", "lantern", "mississippi", "needle"]
WORDS += ["parallel", "pepper", "sleeve", "tattoo", "thimble", "umbrella"]


def program(rng: Random, template: str) -> str:
    """Fill in a template; the numbers differ, and {a} and {c} are no multiples of {b}."""
    x, y, z = rng.sample(NAMES, 3)
    word, other = rng.sample(WORDS, 2)
    b = rng.randint(2, 5)
    a, c = rng.sample([number for number in range(6, 25) if number % b], 2)
    numbers = str(rng.sample(range(1, 40), rng.randint(4, 6)))
    return template.strip().format(x=x, y=y, z=z, w=word, v=other, a=a, b=b, c=c, l=numbers)


def run(source: str) -> str:
    """Return what `source` prints, without the last line break."""
    command = [sys.executable, "-I", "-S", "-c", source]
    done = subprocess.run(command, capture_output=True, check=True, text=True, timeout=20)
    return done.stdout.removesuffix("\n")


ABOUT = {
    "summary": "Predict what a short Python program prints.",
    "definition": paragraphs("""
        You are given a short Python 3 program. It runs without an error. Write exactly what it
        prints: the same characters, spaces and line breaks, and nothing else.

        Trace the following Python 3 program by hand and give its complete printed output, line by
        line as it would appear in the terminal. Do not explain and do not add quotation marks.

        What appears on the screen when this Python 3 program is run? Reply with the printed text
        only, keeping every line break.
    """),
    "metrics": ["exact_match"],
    "categories": ["Program Execution"],
    "domains": ["Code -> Language -> Python"],
    "reasoning": ["Mathematics -> Arithmetic", "Reasoning on Strings", "Reasoning on Actions"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Program, wrong output (or None), what the demonstration teaches.
TAUGHT = [
    (
        "row = [3, 8]\nsame = row\ncopy = list(row)\nsame.append(5)\nprint(row)\nprint(copy)",
        None,
        """`same` is a second name for the list `row`, so the appended 5 shows in `row`; `copy`
        is a list of its own and stays as it was. Two calls of print make two lines.""",
    ),
    (
        "print(-17 // 5, -17 % 5)",
        None,
        """Floor division rounds down, not towards zero: -17 / 5 is -3.4, and the next integer
        below is -4. The remainder is what is then missing: -17 - (-4 * 5) = 3.""",
    ),
    (
        (
            'names = ["Bo", "Ann", "Cy"]\nfor i, name in enumerate(sorted(names), start=1):\n'
            "    print(i, name.lower())"
        ),
        None,
        """`sorted` returns the names in alphabetical order, `enumerate` counts from 1 as told,
        and print puts one space between its arguments.""",
    ),
    (
        "total = 1\nfor n in range(2, 6):\n    total *= n\nprint(total)",
        "720",
        """`range(2, 6)` stops before 6, so the product is 2 * 3 * 4 * 5; this answer multiplies
        by 6 as well.

        Leave out the end of the range: the program prints 120.""",
    ),
    (
        'text = "harbour"\nprint(text[1:4], text[-2:])',
        "'arb' 'ur'",
        """The letters are right, but print shows a string without quotation marks; those belong
        to its repr, which the interactive prompt shows.

        Write the bare characters: arb ur""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)
    used: list[str] = []

    def draw(done: int) -> dict[str, Any] | None:
        source = program(rng, TEMPLATES[done % len(TEMPLATES)])
        printed = run(source)
        if printed in used:
            return None
        used.append(printed)
        return instance(NAME, source, [printed])

    shown = [
        demonstration(source, wrong or run(source), lesson) for source, wrong, lesson in TAUGHT
    ]
    return document(NAME, SEED, ABOUT, shown, draw, count=4 * len(TEMPLATES))

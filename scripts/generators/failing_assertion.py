"""Say which one of five assertions about a short Python function fails.

Each assertion is a call with random arguments and the value that comes back; in one of them the
value is replaced by what a twin of the function returns, with the slip that a reader makes: an end
of a range, a strict comparison, an order. What fails is found by running all of them.
"""

import ast
import copy
import re
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "failing_assertion"
SEED = 20_506
INSTANCES = 96
LABELS = ["1", "2", "3", "4", "5"]
DRAWN = 40  # random calls from which those of the assertions are taken

# Of each function: what its arguments look like, its body, and what the twin has in place of a
# part of it. {a}, {b} are small numbers, {c} a vowel; " ~ " is a line break, > one indentation.
FUNCTIONS = [
    block.split("\n")
    for block in """
small small
total = 0 ~ for k in range(p, q): ~ > if k % {a} == 0: ~ >> total += k ~ return total
range(p, q) => range(p, q + 1)

small
steps = 0 ~ while p > {a}: ~ > p = p // {a} if p % {a} == 0 else p - 1 ~ > steps += 1 ~ return \
steps
while p > {a} => while p >= {a}

small small
while q: ~ > p, q = q, p % q ~ return p * {a}
while q: => while q > 1:

small
out = "" ~ while p: ~ > out = str(p % {a}) + out ~ > p //= {a} ~ return out
str(p % {a}) + out => out + str(p % {a})

small small
return (p - q) // {a} + (q - p) // {a}
(q - p) // {a} => -((p - q) // {a})

small small
p, q = q, p + q ~ p = p + q ~ q = p - {b} ~ return max(p, q) - min(p, q) + p % {a}
p, q = q, p + q => p = q; q = p + q

numbers
best = p[0] ~ for x in p[1:]: ~ > if x % {a} > best % {a}: ~ >> best = x ~ return best
> best % {a} => >= best % {a}

numbers
out = [] ~ for i, x in enumerate(p): ~ > if i % 2 or x > {b}: ~ >> out.append(x) ~ return out
i % 2 or => i % 2 == 0 or

numbers
return sorted(p, key=lambda x: (x % {a}, -x))
-x) => x)

numbers
return [x + y for x, y in zip(p, p[{a}:])]
p[{a}:] => p[{a} - 1:]

numbers
out = p[:] ~ for i in range(1, len(out)): ~ > out[i] += out[i - 1] ~ return out[{a}:]
out[i - 1] => p[i - 1]

numbers
low = high = p[0] ~ for x in p: ~ > if x < low: ~ >> low = x ~ > elif x > high: ~ >> high = x ~ \
return high - low + len(p) // {a}
len(p) // {a} => len(p) % {a}

numbers
run = best = 1 ~ for x, y in zip(p, p[1:]): ~ > run = run + 1 if x <= y else 1 ~ > best = \
max(best, run) ~ return best
x <= y => x < y

numbers
out = [] ~ for x in p: ~ > if x in out: ~ >> out.remove(x) ~ > else: ~ >> out.append(x) ~ return \
out
> if x in out: ~ >> out.remove(x) ~ > else: => > if x not in out:

numbers small
return sum(x > q for x in p) - sum(x < q for x in p)
x < q for => x <= q for

word
return "".join(x for i, x in enumerate(p) if p.index(x) == i)
p.index(x) == i => p.rindex(x) == i

word
return p[-{a}:] + p[:-{a}]
p[-{a}:] + p[:-{a}] => p[{a}:] + p[:{a}]

word
count = 0 ~ for x, y in zip(p, p[1:]): ~ > if x < y: ~ >> count += 1 ~ return count
x < y => x <= y

word
out = "" ~ for x in p: ~ > out = x + out if x in "aeiou" else out + x ~ return out
x + out if => out + x if

word word
return [i for i in range(min(len(p), len(q))) if p[i] == q[i]]
return [i for => return [i + 1 for

word word
left = list(q) ~ for x in p: ~ > if x in left: ~ >> left.remove(x) ~ return len(left)
return len(left) => return len(set(q) - set(p))

word
return p.replace("{c}", "").find(p[-1]) + len(p) // {a}
p.replace("{c}", "").find => p.find

word small
i = q % len(p) ~ return p[i:].upper() + p[:i]
p[i:].upper() => p[i + 1:].upper()

word
return p.count("{c}") * {b} + len(p.strip("{c}"))
len(p.strip("{c}")) => len(p.replace("{c}", ""))
""".strip().split("\n\n")
]
WORDS = ["anaconda", "arena", "banana", "barrel", "cicada", "coffee", "eerie", "element", "igloo"]
WORDS += ["indigo", "kettle", "lagoon", "letter", "oboe", "onion", "opera", "peppers", "radio"]
WORDS += ["ribbon", "sauna", "tattoo", "teepee", "unit", "urchin"]
NAMES = ["check", "f", "g", "measure", "probe", "step", "turn", "work"]
PARAMETERS = [("p", "q"), ("a", "b"), ("first", "second"), ("left", "right"), ("s", "t")]


def argument(rng: Random, sort: str) -> Any:
    if sort == "small":
        return rng.randint(2, 40)
    if sort == "word":
        return rng.choice(WORDS)
    return rng.choices(rng.choice([range(-5, 20), range(1, 7)]), k=rng.randint(4, 7))


def function(name: str, parameters: list[str], body: str) -> str:
    lines = [f"def {name}({', '.join(parameters)}):"]
    for line in body.split(" ~ "):
        text = line.lstrip(">")
        lines.append("    " * (1 + len(line) - len(text)) + text.strip())
    return "\n".join(lines)


def called(code: str, arguments: list[Any]) -> Any:
    """Return what the function returns; the code is ours."""
    space: dict[str, Any] = {}
    exec(code, space)  # noqa: S102
    return space[code.partition("(")[0].removeprefix("def ")](*copy.deepcopy(arguments))


def text_of(code: str, calls: list[tuple[list[Any], Any]]) -> str:
    name = code.partition("(")[0].removeprefix("def ")
    lines = [
        f"{number}. assert {name}({', '.join(map(repr, arguments))}) == {value!r}"
        for number, (arguments, value) in enumerate(calls, start=1)
    ]
    return "\n".join([code, "", *lines])


def failing(code: str, calls: list[tuple[list[Any], Any]]) -> list[str]:
    """Return the numbers of the assertions that fail."""
    wrong = [called(code, arguments) != value for arguments, value in calls]
    return [label for label, fails in zip(LABELS, wrong, strict=True) if fails]


def ask(rng: Random, described: list[str], label: str) -> str | None:
    """Return a function and its assertions, of which only that of number `label` fails."""
    sorts, body, change = described
    old, _, new = change.partition(" => ")
    filling = {
        "{a}": str(rng.randint(2, 4)),
        "{b}": str(rng.randint(2, 9)),
        "{c}": rng.choice("aeo"),
    }
    names = dict(zip("pq", rng.choice(PARAMETERS), strict=True))
    name, parameters = rng.choice(NAMES), list(names.values())[: len(sorts.split())]

    def filled(text: str) -> str:
        for slot, value in filling.items():
            text = text.replace(slot, value)
        text = re.sub(r"\b[pq]\b", lambda match: names[match[0]], text)
        return function(name, parameters, text)

    code, twin = filled(body), filled(body.replace(old, new))
    drawn = [[argument(rng, sort) for sort in sorts.split()] for _ in range(DRAWN)]
    apart = [each for each in drawn if called(code, each) != called(twin, each)]
    alike = [each for each in drawn if each not in apart]
    chosen = [*apart[:3], *alike, *apart[3:]][: len(LABELS)]
    if len(apart) < 2 or len({repr(each) for each in chosen}) < len(LABELS):  # noqa: PLR2004
        return None
    calls = [(each, called(code, each)) for each in rng.sample(chosen[1:], len(chosen) - 1)]
    calls.insert(LABELS.index(label), (chosen[0], called(twin, chosen[0])))
    if failing(code, calls) != [label]:
        return None
    return text_of(code, calls)


ABOUT = {
    "summary": "Find the one assertion about a Python function that fails.",
    "definition": paragraphs("""
        You are given a short Python 3 function and five numbered assertions about it. Exactly one
        of them fails when it is run; the other four hold. Answer with the number of the failing
        assertion, one of 1, 2, 3, 4 and 5, and nothing else.

        Each of the five numbered lines below the Python function compares what a call of the
        function returns with a value. Four comparisons are true and one is false. Work out the
        returned values and write the number (1, 2, 3, 4 or 5) of the false comparison, as a single
        digit.

        Check the test cases 1, 2, 3, 4 and 5 against the Python function above them, which is
        correct by definition: the value expected by exactly one test case is wrong. Which one is
        it? Give its number only.
    """),
    "answer_format": {"kind": "label", "labels": LABELS},
    "categories": ["Answer Verification"],
    "domains": ["Code -> Language -> Python"],
    "reasoning": ["Logical Reasoning", "Reasoning on Actions"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Parameters, body, calls with the values that are claimed, wrong output (or ""), lesson.
TAUGHT: list[tuple[str, str, str, str, str]] = [
    (
        "n",
        "total = 0 ~ while n > 9: ~ > total += n % 10 ~ > n //= 10 ~ return total",
        "[7], 0; [45], 5; [130], 3; [205], 7; [999], 18",
        "",
        """The loop ends when one digit is left, so the first digit is never added. For 205 the sum
        is 5 + 0 = 5, not 7; for 130 it is 0 + 3, for 999 it is 9 + 9, and 7 gives 0.""",
    ),
    (
        "word",
        "return [i for i, c in enumerate(word) if c not in word[:i]]",
        "['tea'], [0, 1, 2]; ['noon'], [0, 2]; ['mama'], [0, 1]; ['see'], [0, 1]; ['a'], [0]",
        "",
        """The places of the letters that have not occurred before are collected. In noon these are
        n at 0 and o at 1; the o at 2 has occurred already, so [0, 2] is wrong.""",
    ),
    (
        "xs",
        "for x in xs: ~ > if x > 3: ~ >> return x ~ return len(xs)",
        "[[1, 2]], 3; [[5, 9]], 5; [[3, 4, 8]], 4; [[]], 0; [[0, 3, 1]], 3",
        "",
        """If no item is greater than 3, the number of items is returned: for [1, 2] that is 2, not
        3. In [0, 3, 1] the 3 is not greater than 3, so the result is the length, 3.""",
    ),
    (
        "a, b",
        "return -(-a // b)",
        "[7, 2], 4; [8, 2], 4; [9, 4], 2; [1, 5], 1; [0, 3], 0",
        "1",
        """7 // 2 would be 3, but the two signs turn rounding down into rounding up: -7 // 2 is -4,
        and with the outer sign 4, so assertion 1 holds.

        Round each quotient up: 9 / 4 becomes 3, so assertion 3 fails.""",
    ),
    (
        "text",
        "return text.strip('x').count('x')",
        "['xaxbx'], 1; ['xx'], 0; ['axxb'], 2; ['xxaxx'], 2; ['axa'], 1",
        "3",
        """strip takes letters away only at the two ends. In axxb both x stand inside, so 2 is right
        and assertion 3 holds.

        In xxaxx every x is at an end and is taken away, so the count is 0: assertion 4 fails.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        label = LABELS[done % len(LABELS)]
        text = ask(rng, FUNCTIONS[done % len(FUNCTIONS)], label)
        return None if text is None else instance(NAME, text, [label])

    shown = []
    for parameters, body, listed, wrong, lesson in TAUGHT:
        code = function("f", [parameters], body)
        calls = [ast.literal_eval(f"({call})") for call in listed.split("; ")]
        (label,) = failing(code, calls)
        shown.append(demonstration(text_of(code, calls), wrong or label, lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=INSTANCES)

"""Decide whether an argument in English is logically valid.

Premises and conclusion are formulas of propositional logic, put into words; the label comes from
the whole truth table. In a valid argument no premise is idle; in an invalid one the conclusion
neither contradicts the premises nor speaks of anything else. No premise follows from the others.
"""

from collections.abc import Callable
from itertools import product
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "argument_validity"
SEED = 20_107

# Statements that may be true or false, each with its denial.
SCENES = [
    [
        "the bakery is open|the bakery is closed",
        "Nora is at home|Nora is not at home",
        "it is a weekday|it is not a weekday",
        "the bus runs|the bus does not run",
    ],
    [
        "the alarm rings|the alarm does not ring",
        "the door is locked|the door is not locked",
        "someone is inside|nobody is inside",
        "the light is on|the light is off",
    ],
    [
        "Idris passes the exam|Idris fails the exam",
        "Idris studies|Idris does not study",
        "the questions are easy|the questions are not easy",
        "Idris sleeps well|Idris sleeps badly",
    ],
    [
        "the river floods|the river does not flood",
        "the dam holds|the dam breaks",
        "it rains all week|it does not rain all week",
        "the road is dry|the road is wet",
    ],
    [
        "the server is running|the server is down",
        "the backup works|the backup fails",
        "the disk is full|the disk is not full",
        "users can log in|users cannot log in",
    ],
    [
        "the cat is asleep|the cat is awake",
        "the dog barks|the dog does not bark",
        "the postman comes|the postman does not come",
        "the gate is shut|the gate is not shut",
    ],
]

Row = dict[str, bool]
# How to say a formula with places for {a} and {b} (or their denials), and when it is true.
CONNECTIVES: list[tuple[list[str], Callable[[bool, bool], bool]]] = [
    (["if {a}, then {b}", "{b} if {a}", "{a} only if {b}"], lambda a, b: not a or b),
    (["{a} or {b}", "at least one of these is true: {a}; {b}"], lambda a, b: a or b),
    (["{a} unless {b}"], lambda a, b: a or b),
    (["{a} if and only if {b}"], lambda a, b: a == b),
    (["it is not the case that both {a} and {b}"], lambda a, b: not (a and b)),
    (["either {a} or {b}, but not both"], lambda a, b: a != b),
]


class Claim(NamedTuple):
    """A sentence, the statements it is about, and when it is true."""

    text: str
    about: frozenset[str]
    holds: Callable[[Row], bool]


def simple(statement: str, *, true: bool) -> Claim:
    text = statement.split("|")[0 if true else 1]
    return Claim(text, frozenset([statement]), lambda row: row[statement] == true)


def joined(pattern: str, test: Callable[[bool, bool], bool], a: Claim, b: Claim) -> Claim:
    text = pattern.format(a=a.text, b=b.text)
    return Claim(text, a.about | b.about, lambda row: test(a.holds(row), b.holds(row)))


def rows(claims: list[Claim]) -> list[Row]:
    """Return the truth table of the statements of all claims."""
    statements = sorted(frozenset().union(*(claim.about for claim in claims)))
    values = product([True, False], repeat=len(statements))
    return [dict(zip(statements, row, strict=True)) for row in values]


def follows(premises: list[Claim], conclusion: Claim) -> bool:
    return all(
        conclusion.holds(row)
        for row in rows([*premises, conclusion])
        if all(premise.holds(row) for premise in premises)
    )


def worth_asking(premises: list[Claim], conclusion: Claim) -> bool:
    """Tell whether the premises are consistent, connected and independent, and all are needed."""
    table = rows([*premises, conclusion])
    worlds = [row for row in table if all(premise.holds(row) for premise in premises)]
    about = frozenset().union(*(premise.about for premise in premises))
    rest = [[p for p in premises if p is not premise] for premise in premises]
    shared = all(
        premise.about & frozenset().union(*(p.about for p in others))
        for premise, others in zip(premises, rest, strict=True)
    )
    idle = any(follows(others, premise) for premise, others in zip(premises, rest, strict=True))
    if not worlds or idle or not shared or not conclusion.about <= about:
        return False
    if not follows(premises, conclusion):
        return any(conclusion.holds(row) for row in worlds)
    return not any(follows(others, conclusion) for others in rest)


def draw_claim(rng: Random, statements: list[str], bare: float) -> Claim:
    a, b = (simple(each, true=rng.random() < 2 / 3) for each in rng.sample(statements, 2))
    if rng.random() < bare:
        return a
    patterns, test = rng.choice([*CONNECTIVES[:1], *CONNECTIVES])
    return joined(rng.choice(patterns), test, a, b)


def told(premises: list[Claim], conclusion: Claim) -> str:
    lines = [f"Premise {n}: {claim.text}." for n, claim in enumerate(premises, start=1)]
    lines.append(f"Conclusion: {conclusion.text}.")
    return "\n".join(
        f"{head}: {text[0].upper()}{text[1:]}"
        for head, text in (line.split(": ", 1) for line in lines)
    )


def label(premises: list[Claim], conclusion: Claim) -> str:
    return "valid" if follows(premises, conclusion) else "invalid"


ABOUT = {
    "summary": "Say whether an argument is logically valid.",
    "definition": paragraphs("""
        You are given an argument: numbered premises and a conclusion. Decide whether the conclusion
        must be true whenever all premises are true. Judge the form only, not whether the statements
        are plausible. "A or B" allows both; "A unless B" means that A is true if B is not;
        opposites such as open and closed deny each other. Answer "valid" if the conclusion follows
        and "invalid" if it does not.

        Say whether the following argument is logically valid. It is valid if no situation makes all
        premises true and the conclusion false, and invalid if there is such a situation. Use no
        knowledge of the world; read "or" as inclusive, "A unless B" as "if not B, then A", and
        opposites (on, off) as denials of each other. The answer is one word: valid or invalid.

        Does the conclusion follow from the premises by logic alone? Write "valid" if it cannot be
        false while all premises are true, otherwise "invalid". "Or" does not exclude both, "unless"
        means "if not", and of two opposites, such as passing and failing, exactly one is true.
    """),
    "answer_format": {"kind": "label", "labels": ["valid", "invalid"]},
    "categories": ["Textual Entailment"],
    "domains": ["Logic -> Propositional Logic"],
    "reasoning": ["Textual Entailment -> Deductive Reasoning", "Deductive Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

KEY = "Lena has the key|Lena does not have the key"
CELLAR = "the cellar is open|the cellar is closed"
GUEST = "a guest has arrived|no guest has arrived"
IF, OR, UNLESS, _IFF, _NAND, XOR = (test for _, test in CONNECTIVES)
has_key, no_key = simple(KEY, true=True), simple(KEY, true=False)
is_open, is_closed = simple(CELLAR, true=True), simple(CELLAR, true=False)
guest, no_guest = simple(GUEST, true=True), simple(GUEST, true=False)

# Premises, conclusion, whether the label shown is a wrong one, and what it teaches.
TAUGHT = [
    (
        [joined("if {a}, then {b}", IF, guest, is_open), is_closed],
        no_guest,
        False,
        """If a guest had arrived, the cellar would be open by premise 1; it is closed, so no
        guest has arrived. Denying the consequence of a conditional denies its condition.""",
    ),
    (
        [joined("{a} only if {b}", IF, is_open, has_key), has_key],
        is_open,
        False,
        """"Only if" makes the key necessary, not sufficient: the premises are also true when
        Lena has the key and the cellar is closed, and then the conclusion is false.""",
    ),
    (
        [joined("{a} unless {b}", UNLESS, is_closed, guest), no_guest],
        is_closed,
        False,
        """"Unless a guest has arrived" means that without a guest the cellar is closed, and
        premise 2 says that there is no guest.""",
    ),
    (
        [joined("{a} or {b}", OR, has_key, is_open), has_key],
        is_closed,
        True,
        """This treats "or" as "but not both". With the inclusive "or" of this task both parts
        may be true, so the cellar may be open although Lena has the key.

        Answer "invalid": name the situation with the key and an open cellar as counterexample.""",
    ),
    (
        [
            joined("either {a} or {b}, but not both", XOR, guest, is_closed),
            joined("if {a}, then {b}", IF, has_key, is_open),
            has_key,
        ],
        guest,
        True,
        """The conclusion looks unsupported because no premise about the key mentions a guest,
        but the premises chain: the key opens the cellar, so it is not closed, and then the other
        half of premise 1 must hold.

        Answer "valid": follow the premises from 3 to 2 to 1.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        statements = rng.sample(SCENES[done // 2 % len(SCENES)], 2 + (done // 4) % 3)
        premises = [draw_claim(rng, statements, 0.3) for _ in range(max(2, len(statements)))]
        conclusion = draw_claim(rng, statements, 0.7)
        answer = label(premises, conclusion)
        if answer != ["valid", "invalid"][done % 2] or not worth_asking(premises, conclusion):
            return None
        return instance(NAME, told(premises, conclusion), [answer])

    shown = []
    for premises, conclusion, wrong, lesson in TAUGHT:
        answer = label(premises, conclusion)
        if wrong:
            answer = {"valid": "invalid", "invalid": "valid"}[answer]
        shown.append(demonstration(told(premises, conclusion), answer, lesson))
    return document(NAME, SEED, ABOUT, shown, draw)

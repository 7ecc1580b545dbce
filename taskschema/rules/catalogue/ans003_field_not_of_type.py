"""A value is not what its field is declared to be.

A field of type `label` takes one of its labels: anything else is no choice that a model was given,
and an error. A field of type `number` takes a number in digits, at least as the first alternative,
which the output shows: metrics compare texts, and "twelve" is no 12. Correct the value, or the
type. Negative demonstrations may well show such a value. Signs, separators of thousands, fractions,
percentages, exponents, currencies and other scripts' digits are numbers; a blank value says that
the field is not filled in, and is left alone.
"""

import re
from collections.abc import Iterator, Sequence

from taskschema.core.findings import Severity
from taskschema.core.syntax.json_pointers import escape
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

# What may stand in a number beside its digits: white space, marks, signs, currencies.
BESIDE_DIGITS = re.compile(
    "[\\s.,'_+/%$\N{EURO SIGN}\N{POUND SIGN}\N{YEN SIGN}\N{INDIAN RUPEE SIGN}\N{MINUS SIGN}"
    "\N{RIGHT SINGLE QUOTATION MARK}\N{ARABIC DECIMAL SEPARATOR}\N{ARABIC THOUSANDS SEPARATOR}-]"
    "|(?<=[0-9])[eE](?=[-+0-9])"
)
ROWS = ("instances", "positive_demonstrations")
MOST_SHOWN = 10


def check(columns: Columns) -> Iterator[Violation]:
    fields = columns.answer_format.get("fields", {})
    allowed = {
        name: frozenset(field["labels"])
        for name, field in fields.items()
        if field["type"] == "label" and "labels" in field
    }
    numbers = [name for name, field in fields.items() if field["type"] == "number"]
    if not allowed and not numbers:
        return
    for key in ROWS:
        for index, row in enumerate(columns.task.get(key, ())):
            for name, values in row.get("answer", {}).items():
                pointer = f"/{key}/{index}/answer{escape(name)}"
                if name in allowed:
                    if not allowed[name].issuperset(values):
                        yield from _no_labels(
                            pointer, values, fields[name]["labels"], allowed[name]
                        )
                elif name in numbers:
                    yield from _no_number(pointer, values[0])


def _no_labels(
    pointer: str, values: Sequence[str], labels: Sequence[str], allowed: frozenset[str]
) -> Iterator[Violation]:
    shown = ", ".join(f"`{label}`" for label in labels[:MOST_SHOWN])
    shown += ", ..." if len(labels) > MOST_SHOWN else ""
    for place, value in enumerate(values):
        if value.strip() and value not in allowed:
            message = f"{quote(value)} is none of the field's labels {shown}. Correct it."
            yield Violation(f"{pointer}/{place}", message, Severity.ERROR)


def _no_number(pointer: str, shown: str) -> Iterator[Violation]:
    if shown.strip() and not BESIDE_DIGITS.sub("", shown).isnumeric():
        message = f"{quote(shown)} is no number in digits. Correct it, or the field's type."
        yield Violation(f"{pointer}/0", message)


def _row(number: int, *, count: str) -> dict[str, object]:
    return {
        "id": f"{number}",
        "input": f"how many is {number}?",
        "output": [f'{{"count":"{count}"}}'],
        "answer": {"count": [count]},
    }


RULE = TaskRule(
    code="ANS003",
    name="field-not-of-type",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={
        "answer_format": {"kind": "fields", "fields": {"count": {"type": "number"}}},
        "instances": [_row(number, count=f"1,00{number}") for number in range(26)],
    },
    bad={
        "answer_format": {"kind": "fields", "fields": {"count": {"type": "number"}}},
        "instances": [
            *(_row(number, count=f"{number}") for number in range(25)),
            _row(25, count="twenty-five"),
        ],
    },
)

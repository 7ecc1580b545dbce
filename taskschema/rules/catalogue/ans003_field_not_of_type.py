"""A value does not fit the declared type of its field.

A field of type `label` takes only its labels. Any other value is an error, since the model was
never offered it. A field of type `number` takes a number in digits, at least as its first
alternative, which `output` shows: metrics compare texts, and "twelve" does not equal "12". Correct
the value, or the type of the field.

Signs, thousands separators, fractions, percentages, exponents, currencies and digits of other
scripts count as numbers. A blank value means that the field is not filled in. Negative
demonstrations are not checked, since a wrong value may be the mistake they show.
"""

import re
from collections.abc import Iterator, Sequence

from taskschema.core.findings import Severity
from taskschema.core.syntax.json_pointers import escape
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.enumerations import first_labels
from taskschema.schema.columns import Columns

# The characters allowed in a number besides digits: white space, marks, signs, currencies.
NON_DIGITS = re.compile(
    "[\\s.,'_+/%$\N{EURO SIGN}\N{POUND SIGN}\N{YEN SIGN}\N{INDIAN RUPEE SIGN}\N{MINUS SIGN}"
    "\N{RIGHT SINGLE QUOTATION MARK}\N{ARABIC DECIMAL SEPARATOR}\N{ARABIC THOUSANDS SEPARATOR}-]"
    "|(?<=[0-9])[eE](?=[-+0-9])"
)
ROWS = ("instances", "positive_demonstrations")


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
                        yield from _outside_labels(
                            pointer, values, fields[name]["labels"], allowed[name]
                        )
                elif name in numbers:
                    yield from _not_a_number(pointer, values[0])


def _outside_labels(
    pointer: str, values: Sequence[str], labels: Sequence[str], allowed: frozenset[str]
) -> Iterator[Violation]:
    shown = first_labels(labels)
    for place, value in enumerate(values):
        if value.strip() and value not in allowed:
            message = f"{quote(value)} is not one of the field's labels {shown}. Correct it."
            yield Violation(f"{pointer}/{place}", message, Severity.ERROR)


def _not_a_number(pointer: str, value: str) -> Iterator[Violation]:
    if value.strip() and not NON_DIGITS.sub("", value).isnumeric():
        message = f"{quote(value)} is not a number in digits. Correct it, or the type of the field."
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

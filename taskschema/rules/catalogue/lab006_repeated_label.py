"""A declared label is blank, or declared twice.

A list of labels is a list of choices: one that stands there twice looks like two, and a blank one
cannot be shown to anybody. Remove it. Labels of fields are looked at too.
"""

from collections.abc import Iterator, Sequence

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.core.syntax.json_pointers import escape
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    answer_format = columns.answer_format
    yield from _faults("/answer_format", answer_format.get("labels", ()))
    for name, field in answer_format.get("fields", {}).items():
        yield from _faults(f"/answer_format/fields{escape(name)}", field.get("labels", ()))


def _faults(holder: str, labels: Sequence[str]) -> Iterator[Violation]:
    if len(set(labels)) == len(labels) and all(map(str.strip, labels)):
        return
    seen: set[str] = set()
    for index, label in enumerate(labels):
        pointer = f"{holder}/labels/{index}"
        if label in seen:
            message = f"{quote(label)} is declared again. Remove it."
            yield Violation(pointer, message, edits=(Edit("remove", pointer),))
        elif not label.strip():
            yield Violation(pointer, "is blank. Write the label, or remove it.")
        seen.add(label)


SHOWN = [
    {"input": "first", "output": "one", "explanation": "It is."},
    {"input": "second", "output": "two", "explanation": "It is."},
]

RULE = TaskRule(
    code="LAB006",
    name="repeated-label",
    severity=Severity.ERROR,
    since="0.1",
    outranks=("LAB004",),
    fix=Applicability.SAFE,
    check=check,
    good={
        "definition": ["Answer the question with one, two or three."],
        "answer_format": {"kind": "label", "labels": ["one", "two"]},
        "positive_demonstrations": SHOWN,
    },
    bad={
        "definition": ["Answer the question with one, two or three."],
        "answer_format": {"kind": "label", "labels": ["one", "two", "one"]},
        "positive_demonstrations": SHOWN,
    },
)

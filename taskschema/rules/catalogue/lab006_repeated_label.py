"""A declared label is blank, or declared twice.

The list of labels is a list of choices: a repeated label looks like two choices, and a blank one
cannot be shown. Remove it.

Labels of fields are checked too.
"""

from collections.abc import Iterator, Sequence

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.core.syntax.json_pointers import escape
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    answer_format = columns.answer_format
    yield from _unusable("/answer_format", answer_format.get("labels", ()))
    for name, field in answer_format.get("fields", {}).items():
        yield from _unusable(f"/answer_format/fields{escape(name)}", field.get("labels", ()))


def _unusable(parent: str, labels: Sequence[str]) -> Iterator[Violation]:
    if len(set(labels)) == len(labels) and all(map(str.strip, labels)):
        return
    seen: set[str] = set()
    for index, label in enumerate(labels):
        pointer = f"{parent}/labels/{index}"
        if label in seen:
            message = f"{quote(label)} is declared twice. Remove one."
            yield Violation(pointer, message, edits=(Edit("remove", pointer),))
        elif not label.strip():
            yield Violation(pointer, "label is blank. Write the label, or remove it.")
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

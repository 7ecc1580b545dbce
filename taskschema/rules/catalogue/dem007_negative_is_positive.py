"""A negative demonstration has the input and the output of a positive one.

The same answer is marked as right and as wrong, and a model learns from both. Correct one of them.

Outputs are compared exactly, since a negative demonstration may be about case or white space.
Inputs are compared without regard to both, but if they differ in case it is only a warning: the
task may be about upper case. A different context or different attachments make a different input.
"""

from collections.abc import Iterator
from typing import Any

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns, question


def check(columns: Columns) -> Iterator[Violation]:
    positive: dict[tuple[object, str], int] = {}
    rows = columns.demonstrations["positive_demonstrations"]
    for index, row in enumerate(rows):
        positive.setdefault((question(row), row["output"]), index)
    for index, row in enumerate(columns.demonstrations["negative_demonstrations"]):
        same = positive.get((question(row), row["output"]))
        if same is not None:
            message = (
                f"{quote(row['output'])} is the right output of positive demonstration {same}, "
                "which has the same input. Correct one of them."
            )
            severity = None if _words(row) == _words(rows[same]) else Severity.WARNING
            yield Violation(f"/negative_demonstrations/{index}/output", message, severity)


def _words(row: dict[str, Any]) -> list[str]:
    words: list[str] = row["input"].split()
    return words


RULE = TaskRule(
    code="DEM007",
    name="negative-is-positive",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={
        "negative_demonstrations": [
            {"input": "shown one", "output": "One", "explanation": "Upper case is wrong."}
        ]
    },
    bad={
        "negative_demonstrations": [
            {"input": "shown  one", "output": "one", "explanation": "A word is wrong."}
        ]
    },
)

"""Two instances have the same id.

Predictions, splits and evaluation subsets refer to instances by id, and the id becomes ambiguous.
Give the second instance a new id. Keep ids that are already in use elsewhere.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    if len(set(columns.ids)) == len(columns.ids):
        return
    first: dict[str, int] = {}
    for index, name in enumerate(columns.ids):
        if first.setdefault(name, index) != index:
            message = f"{quote(name)} is already the id of instance {first[name]}. Change this id."
            yield Violation(f"/instances/{index}/id", message)


RULE = TaskRule(
    code="INS001",
    name="duplicate-id",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={},
    bad={
        "instances": [
            {"id": "one", "input": "which one?", "output": ["a"]},
            {"id": "one", "input": "which other?", "output": ["b"]},
        ]
    },
)

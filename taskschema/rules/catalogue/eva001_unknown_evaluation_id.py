"""The evaluation subset names an instance that does not exist.

Scores on the subset would silently skip it. Correct the id, or remove it.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    if "evaluation" not in columns.task:
        return
    known = frozenset(columns.ids)
    for index, name in enumerate(columns.task["evaluation"]["instances"]):
        if name not in known:
            message = f"no instance has the id {quote(name)}. Correct the id, or remove it."
            yield Violation(f"/evaluation/instances/{index}", message)


RULE = TaskRule(
    code="EVA001",
    name="unknown-evaluation-id",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={"evaluation": {"instances": ["id-0"]}},
    bad={"evaluation": {"instances": ["nobody"]}},
)

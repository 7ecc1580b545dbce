"""The evaluation subset names an instance twice.

The instance would count twice in every score, or the subset would be smaller than its list. Remove
the repeated id.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.repeats import repeats
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    names = columns.task.get("evaluation", {}).get("instances", ())
    yield from repeats("/evaluation/instances", names)


RULE = TaskRule(
    code="EVA002",
    name="repeated-evaluation-id",
    severity=Severity.WARNING,
    since="0.1",
    fix=Applicability.SAFE,
    check=check,
    good={"evaluation": {"instances": ["id-0", "id-1"]}},
    bad={"evaluation": {"instances": ["id-0", "id-1", "id-0"]}},
)

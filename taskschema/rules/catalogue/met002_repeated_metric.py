"""A metric is listed twice.

Score tables show it twice, and a mean over the metrics counts it double. Remove the second one.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.repeats import repeats
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    yield from repeats("/metrics", columns.task.get("metrics", ()))


RULE = TaskRule(
    code="MET002",
    name="repeated-metric",
    severity=Severity.WARNING,
    since="0.1",
    outranks=("MET001",),
    fix=Applicability.SAFE,
    check=check,
    good={"metrics": ["rouge_l", "exact_match"]},
    bad={"metrics": ["rouge_l", "rouge_l"]},
)

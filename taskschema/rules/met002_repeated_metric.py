"""A metric is listed twice.

A table of scores would show it twice, and a mean over the metrics count it double. Remove the
second.
"""

from collections.abc import Iterator

from taskschema.columns import Columns
from taskschema.findings import Applicability, Edit, Severity
from taskschema.rules import TaskRule, Violation


def check(columns: Columns) -> Iterator[Violation]:
    seen: set[str] = set()
    for index, name in enumerate(columns.task.get("metrics", ())):
        pointer = f"/metrics/{index}"
        if name in seen:
            message = f"`{name}` is listed again. Remove it."
            yield Violation(pointer, message, edits=(Edit("remove", pointer),))
        seen.add(name)


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

"""A category, domain or kind of reasoning is listed twice.

The repeated term adds nothing and counts the task twice in tables. Remove it; `--fix` does.

A path and its beginning, such as `Code` and `Code -> Repo`, are two terms.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.repeats import repeats
from taskschema.rules.shared.terms import KINDS
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    for kind in KINDS:
        yield from repeats(f"/{kind}", columns.task.get(kind, ()))


RULE = TaskRule(
    code="TAX004",
    name="repeated-term",
    severity=Severity.WARNING,
    since="0.1",
    outranks=("TAX001", "TAX002", "TAX003"),
    fix=Applicability.SAFE,
    check=check,
    good={"domains": ["Code", "Code -> Repo"]},
    bad={"domains": ["Code", "Code"]},
)

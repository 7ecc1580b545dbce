"""A category, domain or kind of reasoning is listed twice.

The second says nothing, and counts the task twice in tables. Remove it; the fix does. A path and
its beginning, such as `Code` and `Code -> Repo`, are two terms.
"""

from collections.abc import Iterator

from taskschema.columns import Columns
from taskschema.findings import Applicability, Edit, Severity
from taskschema.rules import TaskRule, Violation
from taskschema.rules._terms import KINDS
from taskschema.text import quote


def check(columns: Columns) -> Iterator[Violation]:
    for kind in KINDS:
        terms = columns.task.get(kind, ())
        if len(set(terms)) == len(terms):
            continue
        seen: set[str] = set()
        for index, term in enumerate(terms):
            if term in seen:
                pointer = f"/{kind}/{index}"
                message = f"{quote(term)} is listed twice. Remove one."
                yield Violation(pointer, message, edits=(Edit("remove", pointer),))
            seen.add(term)


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

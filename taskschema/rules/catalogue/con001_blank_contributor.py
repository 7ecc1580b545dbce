"""A contributor has a blank name.

A blank name credits nobody, and looks like a name in every list made from it. Write the name, or
remove the entry; the fix removes entries that say nothing else. No contributors at all are left
alone: not everybody wishes to be named.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    for index, contributor in enumerate(columns.task.get("contributors", ())):
        if not contributor["name"].strip():
            edits = (Edit("remove", f"/contributors/{index}"),) if len(contributor) == 1 else ()
            message = "is blank. Write the name, or remove the entry."
            yield Violation(f"/contributors/{index}/name", message, edits=edits)


RULE = TaskRule(
    code="CON001",
    name="blank-contributor",
    severity=Severity.WARNING,
    since="0.1",
    fix=Applicability.SAFE,
    check=check,
    good={"contributors": []},
    bad={"contributors": [{"name": "Ada Lovelace"}, {"name": ""}]},
)

"""A contributor has a blank name.

Generated lists of contributors would contain an empty name. Write the name, or
remove the entry. `--fix` removes entries without any other key.

A task without contributors is not reported: naming them is optional.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    for index, contributor in enumerate(columns.task.get("contributors", ())):
        if not contributor["name"].strip():
            edits = (Edit("remove", f"/contributors/{index}"),) if len(contributor) == 1 else ()
            message = "name is blank. Write it, or remove the entry."
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

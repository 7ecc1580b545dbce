"""The name differs from the file name.

The name is the identity of a task, and people look for it among the files. Rename the file, or
correct `name`.

Tasks of versions 1 and 2 take their name from the file, so they are never reported.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    if columns.path.name and columns.name != columns.path.stem:
        message = (
            f"name is `{columns.name}`, but the file is `{columns.path.name}`. Rename one of them."
        )
        yield Violation("/name", message)


RULE = TaskRule(
    code="NAM001",
    name="name-differs",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={},
    bad={"name": "another_name"},
)

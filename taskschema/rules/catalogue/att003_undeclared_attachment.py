"""A row names an attachment that the task does not declare.

The name cannot be resolved to a file. Declare the attachment under `attachments`, or correct the
name.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    declared = columns.task.get("attachments", {})
    rows = {**columns.demonstrations, "instances": [] if columns.plain else columns.instances}
    for key, group in rows.items():
        for index, row in enumerate(group):
            for place, name in enumerate(row.get("attachments", ())):
                if name not in declared:
                    message = (
                        f"`{name}` is not declared in `attachments`. Declare it, or fix the name."
                    )
                    yield Violation(f"/{key}/{index}/attachments/{place}", message)


RULE = TaskRule(
    code="ATT003",
    name="undeclared-attachment",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={
        "attachments": {"map": {"media_type": "image/png", "url": "https://example.org/a.png"}},
        "instances": [{"id": "a", "input": "q", "output": ["one"], "attachments": ["map"]}],
    },
    bad={"instances": [{"id": "a", "input": "q", "output": ["one"], "attachments": ["map"]}]},
)

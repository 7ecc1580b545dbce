"""The file of an attachment does not exist.

Whoever loads the task would miss it. Add the file, or correct the path, which is relative to the
task file.
"""

from collections.abc import Iterator

from taskschema.columns import Columns
from taskschema.findings import Severity
from taskschema.rules import TaskRule, Violation
from taskschema.text import quote


def check(columns: Columns) -> Iterator[Violation]:
    for name, attachment in columns.task.get("attachments", {}).items():
        path = attachment.get("path")
        if path is not None and "\0" not in path and not (columns.path.parent / path).is_file():
            message = f"{quote(path)} does not exist. Add the file, or correct the path."
            yield Violation(f"/attachments/{name}/path", message)


RULE = TaskRule(
    code="ATT002",
    name="missing-attachment",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={"attachments": {"map": {"media_type": "image/png", "url": "https://example.org/a.png"}}},
    bad={"attachments": {"map": {"media_type": "image/png", "path": "nowhere.png"}}},
)

"""The file of an attachment does not exist.

The task cannot be loaded completely. Add the file, or correct the path, which is relative to the
task file.
"""

from collections.abc import Iterator
from pathlib import Path

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    for name, attachment in columns.task.get("attachments", {}).items():
        path = attachment.get("path")
        if path is not None and not _is_file(columns.path.parent, path):
            message = f"{quote(path)} does not exist. Add the file, or correct the path."
            yield Violation(f"/attachments/{name}/path", message)


def _is_file(folder: Path, path: str) -> bool:
    try:
        return (folder / path).is_file()
    except (OSError, RuntimeError, ValueError):
        return False  # the name is too long or contains NUL, or links form a loop


RULE = TaskRule(
    code="ATT002",
    name="missing-attachment",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={"attachments": {"map": {"media_type": "image/png", "url": "https://example.org/a.png"}}},
    bad={"attachments": {"map": {"media_type": "image/png", "path": "nowhere.png"}}},
)

"""The path of an attachment leads out of the collection.

Files outside of the collection are not reviewed, and other copies of the collection lack them. Put
the file into the collection, and write its path relative to the task file with forward slashes.
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
        if path is not None and not _stays(columns.path.parent, path, columns.root.resolve()):
            message = (
                f"{quote(path)} leads out of the collection. Put the file into the collection."
            )
            yield Violation(f"/attachments/{name}/path", message)


def _stays(folder: Path, path: str, root: Path) -> bool:
    if "\\" in path or "\0" in path or ":" in path:
        return False  # a drive or a separator on Windows
    try:
        return (folder / path).resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return True  # the path does not exist: `missing-attachment` reports it


RULE = TaskRule(
    code="ATT001",
    name="attachment-leaves-folder",
    severity=Severity.ERROR,
    since="0.1",
    outranks=("ATT002",),
    check=check,
    good={},
    bad={"attachments": {"map": {"media_type": "image/png", "path": "../../map.png"}}},
)

"""The files of attachments, as companion files of their task."""

from collections.abc import Iterator
from pathlib import Path, PurePath

from taskschema.convert.pieces import CompanionFile, ConversionSource, Document, Problem
from taskschema.core.syntax.json_pointers import escape

__all__ = ["attachment_files"]


def attachment_files(
    document: Document, path: Path, root: Path, source: ConversionSource
) -> Iterator[CompanionFile | Problem]:
    """Yield the files of a task's attachments; a warning for one that is not in its folder."""
    for name, attachment in document.get("attachments", {}).items():
        if "path" not in attachment:
            continue
        file = path.parent / attachment["path"]
        leaves = ".." in PurePath(attachment["path"]).parts or PurePath(attachment["path"]).root
        inside = not leaves and _is_inside(file, root)
        if inside and file.is_file():
            yield CompanionFile(attachment["path"], file)
        else:
            what = "does not exist" if inside else f"is not below {path.parent}"
            message = f"attachment `{name}`: {attachment['path']} {what}. Put it there."
            place = source.place(pointer=f"/attachments{escape(name)}/path")._replace(path=path)
            yield Problem(place, "not-kept", message, refuses=False)


def _is_inside(file: Path, root: Path) -> bool:
    """Whether a file is below a folder; false for a name that no file can have."""
    try:
        file.is_file()
        return file.resolve().is_relative_to(root.resolve())
    except (OSError, ValueError, RuntimeError):
        return False

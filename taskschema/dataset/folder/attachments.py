"""The files of attachments as rows of a table: pictures as such, all others as bytes."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from taskschema.core.syntax import strict_json
from taskschema.core.text.printing import quote
from taskschema.dataset.tables import Column, Table
from taskschema.schema.columns import Columns

__all__ = ["ATTACHMENTS", "embedded"]

# How the files begin that every reader of images opens, and what is in each that was not cut short:
# one that cannot be opened keeps readers from all that follow. A drawing in SVG is none of them.
PICTURES = {
    b"\x89PNG\r\n\x1a\n": b"IEND",
    b"\xff\xd8\xff": b"\xff\xd9",
    b"GIF8": b";",
    b"BM": bytes(4),  # a text may begin like that, too
    b"II*\0": b"",
    b"MM\0*": b"",
    b"RIFF": b"WEBP",
}
KEY = "attachments"


class Embedded(NamedTuple):
    """One attachment, with its bytes; it passes for the task in the columns of the table."""

    task: str
    split: str
    name: str
    declared: dict[str, Any]
    data: bytes

    @property
    def is_picture(self) -> bool:
        """Whether it both says that it is a picture, and looks like one."""
        return self.declared["media_type"].lower().startswith("image/") and any(
            self.data.startswith(beginning) and inside in self.data
            for beginning, inside in PICTURES.items()
        )


def embedded(columns: Columns, tell: Callable[[str], None]) -> Iterator[Columns]:
    """Each attachment whose file is there, one at a time, as the columns of a task of its own.

    Args:
        columns: the task; one without a file has no folder to look in.
        tell: given a line on each file that is not embedded, or is not as the task says.
    """
    for name, declared in columns.task.get(KEY, {}).items():
        if "path" not in declared or not columns.path.name:
            continue
        about = f"{columns.path}: attachment `{name}`: {quote(declared['path'])}"
        data = _read(columns, declared["path"])
        if isinstance(data, str):
            tell(f"{about} {data}; only its path is exported.")
            continue
        if declared.get("sha256", digest := sha256(data).hexdigest()) != digest:
            tell(f"{about} does not have the sha256 that the task gives it. Correct one of them.")
        one = Embedded(columns.name, columns.split, name, declared, data)
        yield Columns({"name": columns.name, KEY: one}, split=columns.split)


def _read(columns: Columns, path: str) -> bytes | str:
    """The bytes of a file of the collection, or in words why there are none."""
    if "\\" in path or "\0" in path or ":" in path:
        return "does not stay in the collection"
    try:
        file = (columns.path.parent / path).resolve()
        if not file.is_relative_to(columns.root.resolve()):
            return "does not stay in the collection"
        if not file.is_file():
            return "is no file"
        if file.stat().st_size > strict_json.MAX_BYTES:
            return f"has more than {strict_json.MAX_BYTES:,} bytes"
        return file.read_bytes()
    except (OSError, RuntimeError, ValueError):
        return "cannot be read"


def _of(columns: Columns) -> Embedded:
    one: Embedded = columns.task[KEY]
    return one


def _declared(key: str) -> Callable[[Columns], Any]:
    return lambda columns: _of(columns).declared.get(key)


def _file_name(declared: dict[str, Any]) -> str:
    return PurePosixPath(declared["path"]).name


def _picture(columns: Columns) -> dict[str, Any] | None:
    one = _of(columns)
    return {"bytes": one.data, "path": _file_name(one.declared)} if one.is_picture else None


ATTACHMENTS = Table(
    KEY,
    (
        Column("task", "string", per_task=lambda columns: columns.name),
        Column("name", "string", per_task=lambda columns: _of(columns).name),
        Column("media_type", "string", per_task=_declared("media_type")),
        Column("path", "string", per_task=_declared("path")),
        Column("url", "string", per_task=_declared("url")),
        Column("alt", "string", per_task=_declared("alt")),
        Column("sha256", "string", per_task=lambda columns: sha256(_of(columns).data).hexdigest()),
        Column("image", "image", per_task=_picture),
        Column(
            "bytes",
            "binary",
            per_task=lambda columns: None if _of(columns).is_picture else _of(columns).data,
        ),
        Column("split", "string", per_task=lambda columns: columns.split),
    ),
    rows=lambda _columns: 1,
)

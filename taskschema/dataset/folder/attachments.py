"""The table of attachments: images in a column for images, all other files as bytes."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from taskschema.core.syntax import strict_json
from taskschema.core.text.printing import quote
from taskschema.dataset.tables import Column, Table
from taskschema.schema.columns import Columns

__all__ = ["ATTACHMENTS", "embed"]

# The first bytes of each image format that every image reader opens, and bytes that every complete
# file of the format contains. A reader that cannot open one image stops before all later ones.
# SVG is not among them.
IMAGES = {
    b"\x89PNG\r\n\x1a\n": b"IEND",
    b"\xff\xd8\xff": b"\xff\xd9",
    b"GIF8": b";",
    b"BM": bytes(4),  # a text may also start with BM
    b"II*\0": b"",
    b"MM\0*": b"",
    b"RIFF": b"WEBP",
}
KEY = "attachments"


class Embedded(NamedTuple):
    """One attachment with its bytes; takes the place of the task in the columns of the table."""

    task: str
    split: str
    name: str
    declared: dict[str, Any]
    data: bytes

    @property
    def is_image(self) -> bool:
        """Whether both the media type and the bytes are those of an image."""
        return self.declared["media_type"].lower().startswith("image/") and any(
            self.data.startswith(start) and inside in self.data for start, inside in IMAGES.items()
        )


def embed(columns: Columns) -> Iterator[Columns | str]:
    """Yield a table row for each attachment with a file, and a warning for each problem with one.

    A row is given as the columns of a task, for `ATTACHMENTS`. A warning is one line.

    Args:
        columns: the task; without a path it has no attachments to read.
    """
    for name, declared in columns.task.get(KEY, {}).items():
        if "path" not in declared or not columns.path.name:
            continue
        about = f"{columns.path}: attachment `{name}`: {quote(declared['path'])}"
        data = _read(columns, declared["path"])
        if isinstance(data, str):
            yield f"{about} {data}; only its path is exported."
            continue
        if declared.get("sha256", digest := sha256(data).hexdigest()) != digest:
            yield f"{about} does not have the sha256 that the task declares. Correct one of them."
        one = Embedded(columns.name, columns.split, name, declared, data)
        yield Columns({"name": columns.name, KEY: one}, split=columns.split)


def _read(columns: Columns, path: str) -> bytes | str:
    """Return the bytes of a file in the collection, or the reason why it cannot be read."""
    if "\\" in path or "\0" in path or ":" in path:
        return "is outside the collection"
    try:
        file = (columns.path.parent / path).resolve()
        if not file.is_relative_to(columns.root.resolve()):
            return "is outside the collection"
        if not file.is_file():
            return "is not a file"
        if file.stat().st_size > strict_json.MAX_BYTES:
            return f"has more than {strict_json.MAX_BYTES:,} bytes"
        return file.read_bytes()
    except (OSError, RuntimeError, ValueError):
        return "cannot be read"


def _embedded(columns: Columns) -> Embedded:
    one: Embedded = columns.task[KEY]
    return one


def _declared(key: str) -> Callable[[Columns], Any]:
    return lambda columns: _embedded(columns).declared.get(key)


def _file_name(declared: dict[str, Any]) -> str:
    return PurePosixPath(declared["path"]).name


def _image(columns: Columns) -> dict[str, Any] | None:
    one = _embedded(columns)
    return {"bytes": one.data, "path": _file_name(one.declared)} if one.is_image else None


ATTACHMENTS = Table(
    KEY,
    (
        Column("task", "string", per_task=lambda columns: columns.name),
        Column("name", "string", per_task=lambda columns: _embedded(columns).name),
        Column("media_type", "string", per_task=_declared("media_type")),
        Column("path", "string", per_task=_declared("path")),
        Column("url", "string", per_task=_declared("url")),
        Column("alt", "string", per_task=_declared("alt")),
        Column(
            "sha256", "string", per_task=lambda columns: sha256(_embedded(columns).data).hexdigest()
        ),
        Column("image", "image", per_task=_image),
        Column(
            "bytes",
            "binary",
            per_task=lambda columns: (
                None if _embedded(columns).is_image else _embedded(columns).data
            ),
        ),
        Column("split", "string", per_task=lambda columns: columns.split),
    ),
    rows=lambda _columns: 1,
)

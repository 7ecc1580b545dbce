"""Reads the files of attachments from their table in an export."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from taskschema.convert.pieces import CompanionFile, Problem
from taskschema.convert.shared.tables.arrow_rows import ArrowFile

__all__ = ["exported_files"]

COLUMNS = ("task", "path", "image", "bytes")


def exported_files(
    files: Iterable[ArrowFile | Problem],
) -> Iterator[tuple[str, CompanionFile] | Problem]:
    """Yield each file with the name of its task, in the order of the table."""
    for file in files:
        if isinstance(file, Problem):
            yield file
            continue
        index = 0
        for batch in file.batches:
            if isinstance(batch, Problem):
                yield batch
                continue
            for row in _rows(batch):
                if row is None or (file_ := _companion_file(row)) is None:
                    place = file.place._replace(pointer=f"{file.place.pointer}/{index}")
                    message = "is not a valid file of a task. Export it again."
                    yield Problem(place, "not-kept", message, refuses=False)
                else:
                    yield row["task"], file_
                index += 1


def _rows(batch: Any) -> Iterator[dict[str, Any] | None]:
    """The cells of each row; None for a row that cannot be read."""
    for index in range(batch.num_rows):
        one = batch.slice(index, 1)
        try:
            yield {
                name: one.column(name)[0].as_py() for name in COLUMNS if name in one.schema.names
            }
        except (ValueError, KeyError, TypeError):
            yield None


def _companion_file(row: dict[str, Any]) -> CompanionFile | None:
    task, path, image = (row.get(key) for key in ("task", "path", "image"))
    data = image.get("bytes") if isinstance(image, dict) else row.get("bytes")
    if not (isinstance(task, str) and isinstance(path, str) and isinstance(data, bytes)):
        return None
    parts = PurePosixPath(path).parts
    leaves = ".." in parts or path.startswith("/") or not parts or set(path) & set("\\:\0")
    return None if leaves else CompanionFile(path, data)

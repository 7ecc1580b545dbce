"""Rows of a dataset in a file of Parquet, JSON, lines of JSON or comma-separated values."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from taskschema.formats import Document, Place, Problem
from taskschema.formats._delimited import records
from taskschema.formats._fields import kind
from taskschema.json_rows import json_rows
from taskschema.text import several

__all__ = ["SUFFIXES", "dataset_rows"]

SUFFIXES = (".parquet", ".jsonl", ".json", ".csv")
INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
BATCH = 1_000  # rows


def dataset_rows(path: Path, label: Path) -> Iterator[tuple[Place, Document] | Problem]:
    """Each row with its place; a problem for what is none.

    Args:
        path: the file; its suffix says what it is, lines of JSON by default.
        label: what findings call it.
    """
    suffix = path.suffix.lower()
    try:
        if suffix == ".parquet":
            yield from _of_parquet(path, label)
        elif suffix == ".csv":
            yield from _of_csv(path, label)
        else:
            yield from _of_json(path, label)
    except OSError as error:
        message = f"cannot be opened: {error.strerror or error}."
        yield Problem(Place(label), "unreadable-row", message)


def _of_json(path: Path, label: Path) -> Iterator[tuple[Place, Document] | Problem]:
    for row in json_rows(path):
        place = Place(label, row.line, row.column, row.pointer)
        if row.fault:
            yield Problem(place, "unreadable-row", row.fault)
        elif not isinstance(row.value, dict):
            message = f"is {kind(row.value)}, not an object with columns. Write it as one."
            yield Problem(place, "wrong-shape", message)
        else:
            yield place, row.value


def _of_csv(path: Path, label: Path) -> Iterator[tuple[Place, Document] | Problem]:
    """A column of whole numbers has numbers, as a list of choices is looked up by them."""
    header: list[str] = []
    numbers: set[int] | None = None
    for record in records(path, ","):
        if not header and not record.fault:
            header = record.cells
        elif not record.fault:
            right = {index for index, cell in enumerate(record.cells) if INTEGER.fullmatch(cell)}
            numbers = right if numbers is None else numbers & right
    is_first = True
    for record in records(path, ","):
        place = Place(label, record.line)
        if record.fault:
            yield Problem(place, "unreadable-row", record.fault)
        elif is_first:
            is_first = False
        elif len(record.cells) != len(header):
            message = (
                f"has {several(len(record.cells), 'cell')}, and the header names "
                f"{several(len(header), 'column')}. Mend the row."
            )
            yield Problem(place, "wrong-shape", message)
        else:
            cells = enumerate(zip(header, record.cells, strict=True))
            yield (
                place,
                {
                    name: int(cell) if index in (numbers or ()) else cell
                    for index, (name, cell) in cells
                },
            )


def _of_parquet(path: Path, label: Path) -> Iterator[tuple[Place, Document] | Problem]:
    """The rows have no lines; their pointer counts them."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        message = 'needs pyarrow. Install it: pip install "taskschema[hf]"'
        yield Problem(Place(label), "unreadable-row", message)
        return
    count = 0
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH):
                rows: list[dict[str, Any]] = batch.to_pylist()
                for row in rows:
                    yield Place(label, pointer=f"/{count}"), row
                    count += 1
    except (ArrowException, ValueError, TypeError) as error:
        said = " ".join(str(error).split())
        message = f"is no Parquet: {said}. Write it again."
        yield Problem(Place(label, pointer=f"/{count}"), "unreadable-row", message)

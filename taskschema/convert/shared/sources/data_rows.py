"""Rows of data files: JSON, delimited text, or Parquet."""

import base64
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any

from taskschema.convert.pieces import ConversionSource, Document, Place, Problem
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.convert.shared.rows.taskschema_column import COLUMN
from taskschema.convert.shared.tables.delimited import DelimitedRow, records
from taskschema.core.syntax.json_lines import json_rows
from taskschema.core.text.printing import several

__all__ = ["SUFFIXES", "data_rows", "parquet_rows", "rows_of"]

MARK = b"PAR1"  # starts every Parquet file

TABLES = {".csv": ",", ".tsv": "\t"}
SUFFIXES = (".jsonl", ".json", ".parquet", *TABLES)
INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
BATCH = 100  # rows of Parquet in memory at once


def rows_of(source: ConversionSource) -> Iterator[tuple[Place, Document] | Problem]:
    """Yield each row of JSON or Parquet that is an object, and a problem for any other."""
    with source.path.open("rb") as file:
        is_parquet = file.read(len(MARK)) == MARK
    if not is_parquet:
        yield from _json(source.path, source.label)
        return
    for found in parquet_rows(source.path, source.label):
        if not isinstance(found, Problem) and COLUMN in found[1]:
            # Parquet has a null for each field that only other rows have.
            found[1][COLUMN] = _without_nulls(found[1][COLUMN])
        yield found


def data_rows(path: Path, label: Path) -> Iterator[tuple[Place, Document] | Problem]:
    """Yield each row of a file with its place, or a problem; the suffix gives the format."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        message = f"is not one of {', '.join(SUFFIXES)}. Convert the data to one of them."
        yield Problem(Place(label), "unreadable-row", message)
        return
    try:
        if suffix == ".parquet":
            yield from parquet_rows(path, label)
        elif suffix in TABLES:
            yield from _table(path, label, TABLES[suffix])
        else:
            yield from _json(path, label)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}."
        yield Problem(Place(label), "unreadable-row", message)


def _json(path: Path, label: Path) -> Iterator[tuple[Place, Document] | Problem]:
    for row in json_rows(path):
        place = Place(label, row.line, row.column, row.pointer)
        if row.fault:
            yield Problem(place, "unreadable-row", row.fault)
        elif isinstance(row.value, dict):
            yield place, row.value
        else:
            found = json_type(row.value)
            message = f"is {found}, not an object with fields. Fix the row, or remove it."
            yield Problem(place, "wrong-shape", message)


def _table(path: Path, label: Path, delimiter: str) -> Iterator[tuple[Place, Document] | Problem]:
    """The rows of a table. A column of whole numbers only holds numbers, to index lists."""
    numbers: set[int] | None = None
    for record in islice(_sound(path, delimiter), 1, None):
        right = {index for index, cell in enumerate(record.cells) if INTEGER.fullmatch(cell)}
        numbers = right if numbers is None else numbers & right
    header: list[str] | None = None
    for record in records(path, delimiter):
        place = Place(label, record.line)
        if record.fault:
            yield Problem(place, "unreadable-row", record.fault)
            if header is None:
                return
        elif header is None:
            header = record.cells
            if len(header) != len({*header}):
                message = "two columns have the same name. Rename one of them."
                yield Problem(place, "wrong-shape", message)
                return
        elif len(record.cells) != len(header):
            message = (
                f"has {several(len(record.cells), 'cell')}, and the header names "
                f"{several(len(header), 'column')}. Fix the row."
            )
            yield Problem(place, "wrong-shape", message)
        else:
            cells = [
                int(cell) if index in (numbers or ()) else cell
                for index, cell in enumerate(record.cells)
            ]
            yield place, dict(zip(header, cells, strict=True))


def _sound(path: Path, delimiter: str) -> Iterator[DelimitedRow]:
    return (record for record in records(path, delimiter) if not record.fault)


def parquet_rows(path: Path, label: Path) -> Iterator[tuple[Place, Document] | Problem]:
    """Yield each row of a Parquet file as JSON, or a problem if no more can be read."""
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ImportError:
        message = 'needs pyarrow. Install it: pip install "taskschema[hf]"'
        yield Problem(Place(label), "unreadable-row", message)
        return
    number = 0
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH):
                for row in batch.to_pylist():
                    yield Place(label, pointer=f"/{number}"), _plain(row)
                    number += 1
    except (pa.ArrowException, UnicodeDecodeError, ValueError, OverflowError) as error:
        reason = str(error).partition("\n")[0].rstrip(".")
        message = f"is not valid Parquet: {reason}. Write the file again."
        yield Problem(Place(label, pointer=f"/{number}"), "unreadable-row", message)


def _plain(value: Any) -> Any:
    """The value as JSON: dates as texts, bytes in base64, NaN and infinity as null."""
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float) and not isfinite(value):
        return None
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value if isinstance(value, str | int | float | None) else str(value)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(part) for key, part in value.items() if part is not None}
    return [_without_nulls(part) for part in value] if isinstance(value, list) else value

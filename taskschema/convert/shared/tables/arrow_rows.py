"""Reads Arrow tables as rows of JSON, with one batch in memory at a time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from taskschema.convert.pieces import Document, Place, Problem
from taskschema.convert.shared.rows.taskschema_column import COLUMN
from taskschema.convert.shared.tables.hf_features import Dropped, as_json, features_of, labels_of
from taskschema.convert.shared.tables.tasks_from_table import ForeignTable, Row
from taskschema.core.syntax import strict_json

__all__ = ["ArrowFile", "arrow_rows", "arrow_table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrowFile:
    """An open file of record batches."""

    place: Place
    schema: Any
    batches: Iterable[Any | Problem]
    """The batches, with a problem in place of a damaged one."""
    features: Mapping[str, Any] = field(default_factory=dict)
    """Hugging Face features of the columns, if the schema has none."""
    added: Mapping[str, Any] = field(default_factory=dict)
    """Cells to add to every row, for columns that the file lacks."""


def arrow_table(name: str, files: Iterable[ArrowFile | Problem]) -> ForeignTable:
    """Return the table that files make up; its columns are those of the first file.

    Args:
        name: of the format.
        files: each is read to its end before the next one is opened.
    """
    files = iter(files)
    before: list[ArrowFile | Problem] = []
    for file in files:
        before.append(file)
        if isinstance(file, ArrowFile):
            break
    opened = [file for file in before if isinstance(file, ArrowFile)]
    rows = arrow_rows(chain(before, files))
    if not opened:
        return ForeignTable(format=name, names=(), rows=rows)
    first = opened[0]
    given = list(first.schema.names)
    return ForeignTable(
        format=name,
        names=tuple(dict.fromkeys((*_distinct(given), *first.added))),
        rows=rows,
        empty=(None,),
        repeated=frozenset(name for name in given if given.count(name) > 1),
        labels=labels_of(_features(first)),
    )


def arrow_rows(files: Iterable[ArrowFile | Problem]) -> Iterator[Row | Problem]:
    """Yield the rows of all files in order, and a problem for each that cannot be read."""
    dropped: set[str] = set()
    for file in files:
        if isinstance(file, Problem):
            yield file
            continue
        features, index = _features(file), 0
        for batch in file.batches:
            if isinstance(batch, Problem):
                yield batch
                continue
            names = _distinct(batch.schema.names)
            columns = [_values(column) for column in batch.columns]
            for cells in zip(*columns, strict=True) if columns else ():
                place = file.place._replace(pointer=f"{file.place.pointer}/{index}")
                cells_by_name = {**file.added, **dict(zip(names, cells, strict=True))}
                yield from _row(place, cells_by_name, features, dropped)
                index += 1


def _features(file: ArrowFile) -> Mapping[str, Any]:
    return features_of(file.schema.metadata) or file.features


def _row(
    place: Place, cells: Document, features: Mapping[str, Any], dropped: set[str]
) -> Iterator[Row | Problem]:
    row: Document = {}
    for name, cell in cells.items():
        inner = place._replace(pointer=f"{place.pointer}/{name}")
        if isinstance(cell, Exception):
            what = "is not UTF-8" if isinstance(cell, UnicodeError) else "cannot be read"
            message = f"`{name}` {what}. Write the cell again, or remove the row."
            yield Problem(inner, "unreadable-row", message)
            return
        try:
            row[name] = as_json(cell, features.get(name))
        except Dropped:
            if name not in dropped:
                dropped.add(name)
                message = f"`{name}` holds bytes or files, which are not kept."
                yield Problem(inner, "not-kept", message, refuses=False)
    if isinstance(row.get(COLUMN), str) and row[COLUMN]:
        row[COLUMN], faults = strict_json.parse(row[COLUMN].encode())
        if faults:
            inner = place._replace(pointer=f"{place.pointer}/{COLUMN}")
            yield Problem(inner, "wrong-shape", f"`{COLUMN}`: {faults[0].message}")
            return
    yield place, row


def _values(column: Any) -> list[Any]:
    """The cells of a column; an exception in place of an unreadable one."""
    try:
        values: list[Any] = column.to_pylist()
    except (ValueError, OverflowError, KeyError, TypeError):
        return [_value(column, index) for index in range(len(column))]
    return values


def _value(column: Any, index: int) -> Any:
    """One cell; as text if Python has no value for it, such as a year beyond 9999."""
    import pyarrow as pa

    try:
        return column[index].as_py()
    except (ValueError, OverflowError, KeyError, TypeError) as error:
        try:
            return error if isinstance(error, UnicodeError) else _as_text(column[index])
        except (ValueError, TypeError, pa.ArrowException):
            return error


def _as_text(cell: Any) -> Any:
    return cell.cast("string").as_py()


def _distinct(given: Iterable[str]) -> list[str]:
    """The names of the columns, with a number after repeated ones."""
    names: dict[str, None] = {}
    for index, name in enumerate(given, start=1):
        made = name
        while made in names:
            made = f"{made} ({index})"
        names[made] = None
    return list(names)

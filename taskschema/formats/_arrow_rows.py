"""Parquet files and other Arrow tables as rows of JSON, with one batch in memory at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from taskschema import jsonio
from taskschema.formats import Document, Place, Problem, Source
from taskschema.formats._carried import COLUMN
from taskschema.formats._features import Dropped, features_of, labels_of, plain
from taskschema.formats._tables import Table

__all__ = ["BATCH", "arrow_table", "opened_parquet", "parquet_batches"]

BATCH = 1_000  # rows


def opened_parquet(path: Path, place: Place) -> Any | Problem:
    """A Parquet file, to be closed; or why it cannot be opened."""
    import pyarrow as pa
    import pyarrow.parquet

    try:
        file = pyarrow.parquet.ParquetFile(path)
        _ = file.schema_arrow  # decoded only when it is asked for
    except (OSError, ValueError, KeyError, pa.ArrowException):
        message = "is no whole Parquet file: it is cut short or damaged. Fetch or write it again."
        return Problem(place, "unreadable-row", message)
    return file


def parquet_batches(file: Any, place: Place) -> Iterator[Any | Problem]:
    """The rows of a Parquet file; what follows a fault is read from the next row group."""
    import pyarrow as pa

    before = 0
    for group in range(file.num_row_groups):
        try:
            yield from file.iter_batches(batch_size=BATCH, row_groups=[group])
        except (OSError, ValueError, KeyError, pa.ArrowException):
            message = (
                f"row group {group} cannot be read: it is damaged. Fetch or write the file again."
            )
            at = place._replace(pointer=f"{place.pointer}/{before}")
            yield Problem(at, "unreadable-row", message)
        before += file.metadata.row_group(group).num_rows


def arrow_table(
    name: str, schema: Any, batches: Iterable[Any | Problem], source: Source, pointer: str = ""
) -> Table:
    """A table of batches.

    Args:
        name: of the format.
        schema: of all batches.
        batches: those, or what is wrong with one of them.
        source: what they are read from.
        pointer: where the table stands in it.
    """
    features = features_of(schema.metadata)
    given = list(schema.names)
    rows = _Rows(source, pointer, features, _distinct(given))
    return Table(
        format=name,
        names=tuple(rows.names),
        rows=rows.of(batches),
        empty=(None,),
        repeated=frozenset(name for name in given if given.count(name) > 1),
        labels=labels_of(features),
    )


@dataclass(slots=True)
class _Rows:
    """What is known while the rows are read."""

    source: Source
    pointer: str
    features: Document
    names: list[str]
    dropped: set[str] = field(default_factory=set)

    def of(self, batches: Iterable[Any | Problem]) -> Iterator[tuple[Place, Document] | Problem]:
        """The rows, and what is wrong with those that cannot be read."""
        index = 0
        for batch in batches:
            if isinstance(batch, Problem):
                yield batch
                continue
            columns = [_values(column) for column in batch.columns]
            for cells in zip(*columns, strict=True) if columns else ():
                place = self.source.place(pointer=f"{self.pointer}/{index}")
                yield from self._row(place, cells)
                index += 1

    def _row(
        self, place: Place, cells: tuple[Any, ...]
    ) -> Iterator[tuple[Place, Document] | Problem]:
        row: Document = {}
        for name, cell in zip(self.names, cells, strict=True):
            inner = place._replace(pointer=f"{place.pointer}/{name}")
            if isinstance(cell, Exception):
                what = "is not UTF-8" if isinstance(cell, UnicodeError) else "cannot be read"
                message = f"`{name}` {what}. Write the cell anew, or leave the row out."
                yield Problem(inner, "unreadable-row", message)
                return
            try:
                row[name] = plain(cell, self.features.get(name))
            except Dropped:
                if name not in self.dropped:
                    self.dropped.add(name)
                    message = f"`{name}` holds bytes or files, which are not kept."
                    yield Problem(inner, "not-kept", message, refuses=False)
        if isinstance(row.get(COLUMN), str) and row[COLUMN]:
            row[COLUMN], faults = jsonio.parse(row[COLUMN].encode())
            if faults:
                inner = place._replace(pointer=f"{place.pointer}/{COLUMN}")
                yield Problem(inner, "wrong-shape", f"`{COLUMN}`: {faults[0].message}")
                return
        yield place, row


def _values(column: Any) -> list[Any]:
    """The cells of a column; an exception for one that cannot be read."""
    try:
        values: list[Any] = column.to_pylist()
    except (ValueError, OverflowError, KeyError, TypeError):
        return [_value(column, index) for index in range(len(column))]
    return values


def _value(column: Any, index: int) -> Any:
    try:
        return column[index].as_py()
    except (ValueError, OverflowError, KeyError, TypeError) as error:
        return error


def _distinct(given: list[str]) -> list[str]:
    """The names of the columns, each its own."""
    names: dict[str, None] = {}
    for index, name in enumerate(given, start=1):
        made = name
        while made in names:
            made = f"{made} ({index})"
        names[made] = None
    return list(names)

"""Reads and writes tables of text: a header with the columns, then a row per line."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import orjson

from taskschema.convert.format import ConvertOptions
from taskschema.convert.pieces import Chunk, ConversionSource, Document, Item, Piece, Place, Problem
from taskschema.convert.shared.rows.taskschema_column import COLUMN
from taskschema.convert.shared.tables.column_mapping import SETTINGS as COMMON
from taskschema.convert.shared.tables.delimited import DelimitedRow, first_line, line_of, records
from taskschema.convert.shared.tables.table_rows import after_scan, table_rows
from taskschema.convert.shared.tables.tasks_from_table import (
    OWN_COLUMNS,
    ForeignTable,
    tasks_from_table,
)
from taskschema.core.errors import ConfigError
from taskschema.core.plugin_settings import Setting
from taskschema.core.syntax import strict_json
from taskschema.core.text.printing import several

__all__ = ["SETTINGS", "is_header", "read_table", "write_table"]

SETTINGS = COMMON | {
    "delimiter": Setting(str, "the one character between cells"),
    "quotes": Setting(bool, "whether cells may be in quotation marks"),
    "header": Setting(bool, "whether the first row names the columns"),
}
FORBIDDEN = '"\r\n\0'
LONGEST_NAME = 200  # characters, of a column; text with longer ones is not taken as a header


def is_header(line: str, delimiter: str) -> bool:
    """Whether a line clearly names two or more columns."""
    names = [name.strip().strip('"') for name in line.split(delimiter)]
    return (
        len(names) > 1
        and "\0" not in line
        and any(name.replace("_", "").isalnum() for name in names)
        and all(len(name) <= LONGEST_NAME for name in names)
    )


def read_table(
    name: str, delimiters: str, source: ConversionSource, options: ConvertOptions
) -> Iterator[Piece]:
    """Yield the tasks of the rows of a file.

    Args:
        name: of the format.
        delimiters: the candidates, of which the most frequent one in the header is used.
        source: the file.
        options: the configuration may hold the keys of SETTINGS.
    """
    chosen = options.configuration
    given = chosen.get("delimiter", delimiters[0])
    if len(given) != 1 or given in FORBIDDEN:
        message = f"--config: `delimiter` is {given!r}, not one character such as `;`. Correct it."
        raise ConfigError(message)
    line = first_line(source.path)
    delimiter = chosen.get("delimiter") or max(delimiters, key=line.count)
    found = records(source.path, delimiter, quotes=chosen.get("quotes", True))
    header = next(found, None)
    if header is None:
        message = "is empty. Write a header with the names of the columns, and rows below it."
        yield Problem(source.place(), "wrong-shape", message)
    elif header.fault:
        yield Problem(source.place(header.line), "unreadable-row", header.fault)
    else:
        if not chosen.get("header", True):
            found = chain([header], found)
            header = DelimitedRow(
                header.line, [f"column {i + 1}" for i in range(len(header.cells))]
            )
        names = _names(header)
        yield from _unnamed(header, names, source)
        table = ForeignTable(
            format=name,
            names=names,
            rows=_rows(found, names, delimiter, source),
            empty=("",),
            repeated=frozenset(cell for cell in header.cells if header.cells.count(cell) > 1),
        )
        yield from tasks_from_table(table, source, options)


def write_table(
    name: str, delimiter: str, items: Iterable[Item], options: ConvertOptions
) -> Iterator[Chunk]:
    """Yield a header, and a row for each instance."""
    others: dict[str, None] = {}

    def scan(row: Document) -> None:
        others.update(dict.fromkeys(key for key in row if key not in OWN_COLUMNS))

    fits = _has_name if options.bare else _fits
    rows = after_scan(table_rows(items, name, options, fits, has_lists=False), scan)
    first = next(rows, None)
    names = [*OWN_COLUMNS[:-1], *others, *([] if options.bare else OWN_COLUMNS[-1:])]
    yield Chunk("", line_of(names, delimiter))
    while first is not None:
        yield Chunk("", line_of((_cell(first.get(key, "")) for key in names), delimiter))
        first = next(rows, None)


def _unnamed(
    header: DelimitedRow, names: Sequence[str], source: ConversionSource
) -> Iterator[Problem]:
    """A warning for each column that gets another name than in the header."""
    for index, (given, made) in enumerate(zip(header.cells, names, strict=True), start=1):
        if given != made:
            what = (
                f"has the name `{given}` of an earlier column" if given.strip() else "has no name"
            )
            message = f"column {index} {what}; it is read as `{made}`. Give it a unique name."
            yield Problem(source.place(header.line), "assumed", message, refuses=False)


def _names(header: DelimitedRow) -> tuple[str, ...]:
    """The names of the columns, with a number after repeated ones."""
    names: dict[str, None] = {}
    for index, cell in enumerate(header.cells, start=1):
        name = cell if cell.strip() else f"column {index}"
        names[f"{name} ({index})" if name in names else name] = None
    return tuple(names)


def _rows(
    found: Iterable[DelimitedRow], names: tuple[str, ...], delimiter: str, source: ConversionSource
) -> Iterator[tuple[Place, Document] | Problem]:
    for record in found:
        place = source.place(record.line)
        if record.fault:
            yield Problem(place, "unreadable-row", record.fault)
        elif len(record.cells) != len(names):
            mark = "a tab" if delimiter == "\t" else f"`{delimiter}`"
            message = (
                f"has {several(len(record.cells), 'cell')} where the header names {len(names)}. "
                f"Put a cell that holds {mark} in quotation marks, or add what is missing."
            )
            yield Problem(place, "wrong-shape", message)
        else:
            row: Document = dict(zip(names, record.cells, strict=True))
            if row.get(COLUMN):
                row[COLUMN], faults = strict_json.parse(row[COLUMN].encode())
                if faults:
                    message = f"`{COLUMN}`: {faults[0].message}"
                    inner = place._replace(pointer=f"/{COLUMN}")
                    yield Problem(inner, "wrong-shape", message)
                    continue
            yield place, row


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _has_name(name: str, _value: Any) -> bool:
    return bool(name.strip())


def _fits(name: str, value: Any) -> bool:
    return isinstance(value, str) and bool(value) and _has_name(name, value)

"""Writes tasks as the bytes of a Parquet file, row group by row group."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import orjson

from taskschema.convert.format import ConvertOptions
from taskschema.convert.pieces import Document, Item
from taskschema.convert.shared.rows.taskschema_column import COLUMN
from taskschema.convert.shared.tables.table_rows import after_scan, table_rows
from taskschema.convert.shared.tables.tasks_from_table import OWN_COLUMNS

__all__ = ["parquet_bytes"]

# Readers stream and skip by row group.
ROWS_PER_GROUP = 10_000
GROUP = 32_000_000  # characters of a row group, roughly
TEXTS = ("instruction", "input", "id", "task", COLUMN)
KINDS = {str: "string", bool: "bool", int: "int64", float: "float64"}
SMALLEST, LARGEST = -(2**63), 2**63 - 1


def parquet_bytes(items: Iterable[Item], name: str, options: ConvertOptions) -> Iterator[bytes]:
    """Yield the bytes of the file, with a column for each extra field of one scalar type.

    Args:
        items: the tasks.
        name: of the format, whose fields in extras become columns.
        options: the options of the conversion.
    """
    import pyarrow.parquet

    kinds: dict[str, set[type]] = {}

    def scan(row: Document) -> None:
        for key in row.keys() - set(OWN_COLUMNS):
            is_scalar = _fits(key, row[key])
            kinds.setdefault(key, set()).add(type(row[key]) if is_scalar else object)

    fits = _has_name if options.bare else _fits
    rows = after_scan(table_rows(items, name, options, fits), scan)
    # All rows are scanned before the first one is yielded.
    first = list(filter(None, [next(rows, None)]))
    others = {
        key: KINDS.get(next(iter(types)), "") if len(types) == 1 else ""
        for key, types in sorted(kinds.items())
    }
    schema = _schema(
        [*OWN_COLUMNS[:-1], *others, *([] if options.bare else OWN_COLUMNS[-1:])], others
    )
    sink = _Sink()
    with pyarrow.parquet.ParquetWriter(
        pyarrow.PythonFile(sink, mode="w"), schema, compression="zstd", write_page_index=True
    ) as writer:
        for group in _groups(_settled(row, others, name) for row in chain(first, rows)):
            writer.write_table(
                pyarrow.Table.from_pylist(group, schema), row_group_size=ROWS_PER_GROUP
            )
            yield sink.taken()
    yield sink.taken()


class _Sink:
    """A file in memory whose bytes are taken away again and again."""

    closed = False

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: Any) -> int:
        """Keep the bytes."""
        self.parts.append(bytes(data))
        return len(self.parts[-1])

    def flush(self) -> None:
        """Do nothing; there is no buffer."""

    def close(self) -> None:
        """Do nothing; there is no file."""

    def taken(self) -> bytes:
        """Return and forget all bytes written so far."""
        data = b"".join(self.parts)
        self.parts.clear()
        return data


def _has_name(name: str, _value: Any) -> bool:
    return bool(name.strip())


def _fits(name: str, value: Any) -> bool:
    if isinstance(value, int) and not SMALLEST <= value <= LARGEST:
        return False
    return type(value) in KINDS and _has_name(name, value)


def _settled(row: Document, others: Mapping[str, str], name: str) -> Document:
    """The row without fields of mixed types: carried in its column, or as JSON in a bare row."""
    for key in [key for key in row if others.get(key) == ""]:
        if column := row.get(COLUMN):
            extras = column.setdefault("instance", {}).setdefault("extras", {})
            extras.setdefault(column.get("columns", name), {})[key] = row.pop(key)
        elif not isinstance(row[key], str):
            row[key] = orjson.dumps(row[key]).decode()
    if COLUMN in row:
        row[COLUMN] = orjson.dumps(row[COLUMN]).decode()
    return row


def _groups(rows: Iterable[Document]) -> Iterator[list[Document]]:
    group: list[Document] = []
    size = 0
    for row in rows:
        group.append(row)
        size += sum(len(text) for text in (*row.values(), *row["output"]) if isinstance(text, str))
        if len(group) >= ROWS_PER_GROUP or size >= GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group


def _schema(names: Iterable[str], others: Mapping[str, str]) -> Any:
    """The schema, with features in the older notation that every release of datasets reads."""
    import pyarrow as pa

    kinds = {name: others.get(name, "string") or "string" for name in names}
    features: Document = {name: {"dtype": kind, "_type": "Value"} for name, kind in kinds.items()}
    features["output"] = [features["output"]]
    types = {name: pa.type_for_alias(kind) for name, kind in kinds.items()}
    types["output"] = pa.list_(types["output"])
    metadata = {"huggingface": orjson.dumps({"info": {"features": features}})}
    return pa.schema(list(types.items()), metadata)

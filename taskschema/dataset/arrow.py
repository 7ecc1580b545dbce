"""Arrow schemas of tables, and the rows of a task as record batches."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from taskschema.core.column_types import Type
from taskschema.dataset.tables import Table
from taskschema.schema.columns import Columns

__all__ = [
    "BYTES_PER_GROUP",
    "ROWS_PER_GROUP",
    "ArrowRows",
    "batches",
    "rows_of",
    "schema",
    "schema_of",
]

# Readers stream and skip row groups; 10,000 rows take 0.03 s to start and little extra space.
ROWS_PER_GROUP = 10_000
# Groups of long rows are shorter, to limit the memory for writing and reading one.
BYTES_PER_GROUP = 64_000_000
FILES: dict[str, dict[str, Any]] = {"image": {"_type": "Image"}}
"""Column types that hold files, and their Hugging Face features."""


def schema(types: Mapping[str, Type]) -> Any:
    """Return the Arrow schema of columns, with Hugging Face features in its metadata."""
    import pyarrow as pa

    features = {name: _feature(type_) for name, type_ in types.items()}
    metadata = {"huggingface": orjson.dumps({"info": {"features": features}})}
    return pa.schema([(name, _arrow(type_)) for name, type_ in types.items()], metadata)


def schema_of(table: Table) -> Any:
    """Return the Arrow schema of a table."""
    return schema({column.name: column.type for column in table.columns})


@dataclass(frozen=True, slots=True)
class ArrowRows:
    """The rows of one task in a table."""

    count: int
    per_row: dict[str, Any]
    """By column, an array with one value for each row."""
    per_task: dict[str, Any]
    """By column, an array with one value that all rows share."""


def rows_of(table: Table, columns: Columns, schema_: Any) -> ArrowRows:
    """Return the rows of a task in a table."""
    import pyarrow as pa

    rows = ArrowRows(table.rows(columns), {}, {})
    for column, field in zip(table.columns, schema_, strict=True):
        if column.per_row is not None:
            rows.per_row[column.name] = pa.array(column.per_row(columns), field.type)
        elif column.per_task is not None:
            rows.per_task[column.name] = pa.array([column.per_task(columns)], field.type)
    return rows


def batches(rows: ArrowRows, schema_: Any) -> Iterator[Any]:
    """Yield the rows as record batches, none larger than a row group."""
    import pyarrow as pa

    # A batch repeats shared values in every row: that costs no file space, but memory.
    repeated = sum(array.nbytes for array in rows.per_task.values())
    step = max(1, min(ROWS_PER_GROUP, BYTES_PER_GROUP // max(repeated, 1)))
    for start in range(0, rows.count, step):
        length = min(step, rows.count - start)
        # From a list, Arrow would import pandas first, which is slow.
        zeros = pa.py_buffer(bytes(length * pa.int32().byte_width))
        every_row = pa.Array.from_buffers(pa.int32(), length, [None, zeros])
        arrays = {name: array.take(every_row) for name, array in rows.per_task.items()}
        arrays |= {name: array.slice(start, length) for name, array in rows.per_row.items()}
        ordered = [arrays[name] for name in schema_.names]
        yield pa.RecordBatch.from_arrays(ordered, schema=schema_)


def _arrow(type_: Type) -> Any:
    import pyarrow as pa

    if isinstance(type_, list):
        return pa.list_(_arrow(type_[0]))
    if isinstance(type_, dict):
        return pa.struct([(name, _arrow(part)) for name, part in type_.items()])
    if type_ in FILES:
        return pa.struct([("bytes", pa.binary()), ("path", pa.string())])
    return pa.type_for_alias(type_)


def _feature(type_: Type) -> Any:
    """Return the Hugging Face feature of a type, in the older notation that all releases read."""
    if isinstance(type_, list):
        return [_feature(type_[0])]
    if isinstance(type_, dict):
        return {name: _feature(part) for name, part in type_.items()}
    return FILES.get(type_) or {"dtype": type_, "_type": "Value"}

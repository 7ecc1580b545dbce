"""Parquet files of one split of one table, each of about the same size."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from taskschema.columns import Columns
from taskschema.manifests import WrittenFile
from taskschema.tables import Table, Type

__all__ = ["Shards"]

# Readers stream and skip by row group; 10,000 rows start in 0.03 s and cost no space worth naming.
ROWS_PER_GROUP = 10_000
# Long rows make shorter groups, so that neither writing nor reading one takes much memory.
BYTES_PER_GROUP = 64_000_000
# A batch of one row with all its columns takes some 100 kB, whatever is in it.
MOST_LOOSE = 50
FILES: dict[str, dict[str, Any]] = {"image": {"_type": "Image"}}
"""Types that are files, and the features that readers know them by."""


class Shards:
    """The files are named when it is known how many there are."""

    def __init__(self, table: Table, split: str, folder: Path, shard_size: int) -> None:
        self.table = table
        self.split = split
        self.rows = 0
        self._folder = folder
        self._shard_size = shard_size
        self._schema = _schema(table)
        self._written: list[tuple[Path, int]] = []
        self._file: Any = None
        self._writer: Any = None
        self._in_file = 0
        self._waiting: list[Any] = []
        self._loose: list[Any] = []
        self._size = self._count = 0
        (folder / table.name).mkdir(exist_ok=True)
        self._begin()

    def add(self, columns: Columns) -> None:
        """The rows of one more task; tasks too small for a row group share one."""
        for batch in self._batches(columns):
            if self._size + batch.nbytes > min(BYTES_PER_GROUP, self._shard_size):
                self._flush()
            self._loose.append(batch)
            if len(self._loose) >= MOST_LOOSE:
                self._gather()
            self._size += batch.nbytes
            self._count += batch.num_rows
            self.rows += batch.num_rows
            if self._count >= ROWS_PER_GROUP:
                self._flush()

    def close(self) -> list[WrittenFile]:
        """Write what waits, end the last file and return all that were written."""
        self._flush()
        self._end()
        files = []
        for number, (path, rows) in enumerate(self._written):
            name = f"{self.split}-{number:05}-of-{len(self._written):05}.parquet"
            named = path.replace(path.with_name(name))
            files.append(WrittenFile.of(self._folder, named, rows, self.split))
        return files

    def discard(self) -> None:
        """Take away what there is of the files."""
        self.abandon()
        for path, _ in self._written:
            path.unlink()

    def abandon(self) -> None:
        """Let go of the files after a failure; the failure itself is what matters."""
        for part in (self._writer, self._file):
            with suppress(Exception):
                part.close()

    def _begin(self) -> None:
        import pyarrow.parquet

        path = self._folder / self.table.name / f"{self.split}-{len(self._written):05}.part"
        self._file = path.open("wb")
        self._writer = pyarrow.parquet.ParquetWriter(
            self._file,
            self._schema,
            compression="zstd",
            write_page_index=True,
            use_content_defined_chunking=True,
        )
        self._written.append((path, 0))

    def _end(self) -> None:
        self._writer.close()
        self._file.close()
        self._written[-1] = (self._written[-1][0], self._in_file)
        self._in_file = 0

    def _gather(self) -> None:
        """Put the small batches together."""
        import pyarrow as pa

        together = pa.Table.from_batches(self._loose, self._schema)
        self._waiting += together.combine_chunks().to_batches()
        self._loose = []

    def _flush(self) -> None:
        """Write what waits, to a new file where the last one is full."""
        import pyarrow as pa

        if not self._count:
            return
        if self._file.tell() >= self._shard_size and self._in_file:
            self._end()
            self._begin()
        together = pa.Table.from_batches([*self._waiting, *self._loose], self._schema)
        self._writer.write_table(together, row_group_size=ROWS_PER_GROUP)
        self._in_file += together.num_rows
        self._waiting, self._loose = [], []
        self._size = self._count = 0

    def _batches(self, columns: Columns) -> Iterator[Any]:
        """The rows of a task, no more at a time than fit a row group."""
        import pyarrow as pa

        count = self.table.rows(columns)
        per_row, per_task = {}, {}
        for column, field in zip(self.table.columns, self._schema, strict=True):
            if column.per_row is not None:
                per_row[column.name] = pa.array(column.per_row(columns), field.type)
            elif column.per_task is not None:
                per_task[column.name] = pa.array([column.per_task(columns)], field.type)
        # What all rows share is repeated in each, which no file needs, but memory does.
        repeated = sum(array.nbytes for array in per_task.values())
        step = max(1, min(ROWS_PER_GROUP, BYTES_PER_GROUP // max(repeated, 1)))
        for start in range(0, count, step):
            length = min(step, count - start)
            every_row = pa.array([0] * length, pa.int32())
            arrays = {name: array.take(every_row) for name, array in per_task.items()}
            arrays |= {name: array.slice(start, length) for name, array in per_row.items()}
            ordered = [arrays[column.name] for column in self.table.columns]
            yield pa.RecordBatch.from_arrays(ordered, schema=self._schema)


def _schema(table: Table) -> Any:
    import pyarrow as pa

    features = {column.name: _feature(column.type) for column in table.columns}
    metadata = {"huggingface": orjson.dumps({"info": {"features": features}})}
    fields = [(column.name, _arrow(column.type)) for column in table.columns]
    return pa.schema(fields, metadata)


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
    """The type in the older notation of Hugging Face features, which every release reads."""
    if isinstance(type_, list):
        return [_feature(type_[0])]
    if isinstance(type_, dict):
        return {name: _feature(part) for name, part in type_.items()}
    return FILES.get(type_) or {"dtype": type_, "_type": "Value"}

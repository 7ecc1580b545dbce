"""Parquet files of one split of one table, each of about the same size."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from taskschema.collection.export_manifest import WrittenFile
from taskschema.dataset.arrow import BYTES_PER_GROUP, ROWS_PER_GROUP, ArrowRows, batches, schema_of
from taskschema.dataset.tables import Table

__all__ = ["Shards"]

# A batch of one row with all its columns takes some 100 kB, whatever is in it.
MOST_LOOSE = 50


class Shards:
    """The files are named when it is known how many there are."""

    def __init__(self, table: Table, split: str, folder: Path, shard_size: int) -> None:
        self.table = table
        self.split = split
        self.rows = 0
        self._folder = folder
        self._shard_size = shard_size
        self._schema = schema_of(table)
        self._written: list[tuple[Path, int]] = []
        self._file: Any = None
        self._writer: Any = None
        self._in_file = 0
        self._waiting: list[Any] = []
        self._loose: list[Any] = []
        self._size = self._count = 0
        (folder / table.name).mkdir(exist_ok=True)
        self._begin()

    def add(self, rows: ArrowRows) -> None:
        """The rows of one more task; tasks too small for a row group share one."""
        for batch in batches(rows, self._schema):
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

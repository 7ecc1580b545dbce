"""The Parquet files of one split of a table, each of about the same size."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from taskschema.collection.export_manifest import WrittenFile
from taskschema.dataset.arrow import BYTES_PER_GROUP, ROWS_PER_GROUP, ArrowRows, batches, schema_of
from taskschema.dataset.tables import Table

__all__ = ["Shards"]

# A batch takes about 100 kB even with one row, so many small batches are combined.
MOST_SMALL_BATCHES = 50


class Shards:
    """Writes the files of a split; they are named at the end, when their number is known."""

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
        self._small: list[Any] = []
        self._size = self._count = 0
        (folder / table.name).mkdir(exist_ok=True)
        self._start_file()

    def add(self, rows: ArrowRows) -> None:
        """Add the rows of one task; small tasks share a row group."""
        for batch in batches(rows, self._schema):
            if self._size + batch.nbytes > min(BYTES_PER_GROUP, self._shard_size):
                self._flush()
            self._small.append(batch)
            if len(self._small) >= MOST_SMALL_BATCHES:
                self._combine()
            self._size += batch.nbytes
            self._count += batch.num_rows
            self.rows += batch.num_rows
            if self._count >= ROWS_PER_GROUP:
                self._flush()

    def close(self) -> list[WrittenFile]:
        """Write the remaining rows, close the last file and return all files."""
        self._flush()
        self._close_file()
        files = []
        for number, (path, rows) in enumerate(self._written):
            name = f"{self.split}-{number:05}-of-{len(self._written):05}.parquet"
            named = path.replace(path.with_name(name))
            files.append(WrittenFile.of(self._folder, named, rows, self.split))
        return files

    def discard(self) -> None:
        """Remove all files."""
        self.abandon()
        for path, _ in self._written:
            path.unlink()

    def abandon(self) -> None:
        """Close all files after a failure, and ignore errors while closing."""
        for part in (self._writer, self._file):
            with suppress(Exception):
                part.close()

    def _start_file(self) -> None:
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

    def _close_file(self) -> None:
        self._writer.close()
        self._file.close()
        self._written[-1] = (self._written[-1][0], self._in_file)
        self._in_file = 0

    def _combine(self) -> None:
        """Combine the small batches into few large ones."""
        import pyarrow as pa

        together = pa.Table.from_batches(self._small, self._schema)
        self._waiting += together.combine_chunks().to_batches()
        self._small = []

    def _flush(self) -> None:
        """Write the waiting rows as a row group; start a new file if the last one is full."""
        import pyarrow as pa

        if not self._count:
            return
        if self._file.tell() >= self._shard_size and self._in_file:
            self._close_file()
            self._start_file()
        together = pa.Table.from_batches([*self._waiting, *self._small], self._schema)
        self._writer.write_table(together, row_group_size=ROWS_PER_GROUP)
        self._in_file += together.num_rows
        self._waiting, self._small = [], []
        self._size = self._count = 0

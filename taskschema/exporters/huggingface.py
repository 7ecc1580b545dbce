"""A folder that `datasets.load_dataset` reads: Parquet files and a card that names them.

Config `default` has one row per instance, config `tasks` one row per task with its demonstrations.
Every file is written with one explicit Arrow schema, straight from the columns. The features in its
metadata are in the form that datasets 3, 4 and 5 all read (lists as `[...]`, without the `List`
type of datasets 4).
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from taskschema.cards import card, version
from taskschema.columns import Columns
from taskschema.composition import plot
from taskschema.contents import Contents
from taskschema.croissant import croissant
from taskschema.data_files import arrange
from taskschema.exporters import Exporter, Options
from taskschema.manifests import Manifest, WrittenFile
from taskschema.schema import NEWEST
from taskschema.tables import INSTANCES, TASKS, Table, Type

SPLIT = "train"
# Readers stream and skip by row group; 10,000 rows start in 0.03 s and cost no space worth naming.
ROWS_PER_GROUP = 10_000


def write(tasks: Iterable[Columns], folder: Path, _options: Options | None = None) -> Manifest:
    """Write tasks in the order given; memory holds one task and one row group."""
    writers = [TableWriter(table, folder) for table in (INSTANCES, TASKS)]
    contents = Contents()
    try:
        for columns in tasks:
            for writer in writers:
                writer.add(columns)
            contents.add(columns)
        files = [writer.close() for writer in writers]
    finally:
        for writer in writers:
            writer.abandon()
    return Manifest(
        kind="huggingface",
        tasks=contents.tasks,
        instances=contents.instances,
        files=(*files, *_described(folder, files, contents)),
        schema_version=NEWEST,
    )


def _described(folder: Path, files: Sequence[WrittenFile], contents: Contents) -> list[WrittenFile]:
    """Write what says what the data are: for people, for the Hub, and for readers of Croissant."""
    digest = sha256("".join(file.sha256 for file in files).encode()).hexdigest()
    configs = arrange(files)
    about = {
        "composition.svg": plot(contents),
        "README.md": card(contents, configs, digest, "composition.svg"),
    }
    written = []
    for name, text in about.items():
        (folder / name).write_bytes(text.encode())
        written.append(WrittenFile.of(folder, folder / name))
    path = folder / "croissant.json"
    path.write_bytes(croissant(contents, (*files, *written), (INSTANCES, TASKS), version(digest)))
    return [*written, WrittenFile.of(folder, path)]


class TableWriter:
    """One Parquet file of one table; tasks too small for a row group share one."""

    def __init__(self, table: Table, folder: Path) -> None:
        import pyarrow.parquet

        self.table = table
        self.folder = folder
        self.path = folder / table.name / f"{SPLIT}-00000-of-00001.parquet"
        self.path.parent.mkdir()
        self.schema = _schema(table)
        self.writer = pyarrow.parquet.ParquetWriter(
            self.path,
            self.schema,
            compression="zstd",
            write_page_index=True,
            use_content_defined_chunking=True,
        )
        self.waiting: list[Any] = []
        self.rows = 0

    def add(self, columns: Columns) -> None:
        """The rows of one more task."""
        batch = self._batch(columns)
        self.rows += batch.num_rows
        self.waiting.append(batch)
        if sum(batch.num_rows for batch in self.waiting) >= ROWS_PER_GROUP:
            self._flush()

    def close(self) -> WrittenFile:
        """Write what waits, end the file and return what was written."""
        self._flush()
        self.writer.close()
        return WrittenFile.of(self.folder, self.path, self.rows)

    def abandon(self) -> None:
        """Let go of the file after a failure; the failure itself is what matters."""
        with suppress(Exception):
            self.writer.close()

    def _flush(self) -> None:
        import pyarrow as pa

        if self.waiting:
            together = pa.Table.from_batches(self.waiting, self.schema)
            self.writer.write_table(together, row_group_size=ROWS_PER_GROUP)
            self.waiting = []

    def _batch(self, columns: Columns) -> Any:
        import pyarrow as pa

        count = self.table.rows(columns)
        every_row = pa.array([0] * count, pa.int32())
        arrays = []
        for column, field in zip(self.table.columns, self.schema, strict=True):
            if column.per_row is not None:
                arrays.append(pa.array(column.per_row(columns), field.type))
            elif column.per_task is not None:
                one = pa.array([column.per_task(columns)], field.type)
                arrays.append(one.take(every_row))
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)


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
    return pa.type_for_alias(type_)


def _feature(type_: Type) -> Any:
    """The type in the older notation of Hugging Face features, which every release reads."""
    if isinstance(type_, list):
        return [_feature(type_[0])]
    if isinstance(type_, dict):
        return {name: _feature(part) for name, part in type_.items()}
    return {"dtype": type_, "_type": "Value"}


EXPORTER = Exporter(write=write, modules=("pyarrow", "yaml"), extra="hf")

"""A folder that `datasets.load_dataset` reads: Parquet tables, card, Croissant description.

`prepare` turns one task into the rows of every table, in any process. `write` then writes the
folder from these rows, in order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from taskschema.collection.export_manifest import Manifest, WrittenFile
from taskschema.collection.splits.tracks import EVALUATION, TRAIN
from taskschema.core.errors import ConfigError
from taskschema.dataset.arrow import ArrowRows, rows_of, schema_of
from taskschema.dataset.bar_chart import plot
from taskschema.dataset.card import card, version
from taskschema.dataset.croissant import croissant
from taskschema.dataset.data_files import data_files
from taskschema.dataset.filters import evaluation_indices, select_instances
from taskschema.dataset.folder.attachments import ATTACHMENTS, embed
from taskschema.dataset.folder.shards import Shards
from taskschema.dataset.summary import DatasetSummary
from taskschema.dataset.tables import INSTANCES, TASKS, Table
from taskschema.dataset.view_tables import view_table
from taskschema.schema.columns import Columns
from taskschema.schema.versions import NEWEST
from taskschema.views.view import ViewOptions

__all__ = ["DatasetFolderOptions", "TaskRows", "WrittenFolder", "prepare", "write"]

IN_ROWS = {"definition", "instances", "positive_demonstrations", "negative_demonstrations"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetFolderOptions:
    """What a folder depends on besides the tasks."""

    views: Mapping[str, ViewOptions] = field(default_factory=dict)
    """Names of views, each written as a table of its records."""
    evaluation_split: bool = False
    """Whether to write the evaluation instances of tasks as a split of their own."""
    shard_size: int = 500_000_000
    """The approximate size of a Parquet file in bytes; a larger table gets several files."""
    card_note: str = ""
    """Markdown to append to the introduction of the card."""

    @property
    def view_tables(self) -> tuple[Table, ...]:
        """The tables of the views."""
        return tuple(view_table(name, options) for name, options in self.views.items())


class TaskRows(NamedTuple):
    """The rows of one task in every table."""

    tables: list[tuple[str, str, ArrowRows]]
    """The name of a table, a split, and the rows in both."""
    head: Columns
    """The task without the fields that are in the rows."""
    instances: int
    """The number of instances."""


class WrittenFolder(NamedTuple):
    """The manifest of a folder, which is not written yet, and warnings, a line each."""

    manifest: Manifest
    notes: tuple[str, ...]


def prepare(columns: Columns, options: DatasetFolderOptions) -> TaskRows:
    """Return the rows of a task in every table; `write` reads its attachments."""
    tables = [
        (table.name, part.split, rows_of(table, part, schema_of(table)))
        for part in _divided(columns, options)
        for table in (INSTANCES, *options.view_tables)
    ]
    tables.append((TASKS.name, columns.split, rows_of(TASKS, columns, schema_of(TASKS))))
    task = {key: value for key, value in columns.task.items() if key not in IN_ROWS}
    head = Columns(task, path=columns.path, root=columns.root, split=columns.split)
    return TaskRows(tables, head, len(columns.instances))


def write(tasks: Iterable[TaskRows], folder: Path, options: DatasetFolderOptions) -> WrittenFolder:
    """Write tasks in the given order to an empty folder.

    Memory holds few tasks at a time, and one row group of each split.
    """
    tables = (INSTANCES, TASKS, ATTACHMENTS, *options.view_tables)
    contents = DatasetSummary()
    notes: list[str] = []
    files = _TableFiles(tables, folder, options.shard_size)
    try:
        for task in tasks:
            for name, split, rows in task.tables:
                files.add(name, split, rows)
            for file in embed(task.head):
                if isinstance(file, str):
                    notes.append(file)
                else:
                    rows = rows_of(ATTACHMENTS, file, schema_of(ATTACHMENTS))
                    files.add(ATTACHMENTS.name, file.split, rows)
            contents.add(task.head, task.instances)
        if options.evaluation_split and not files.has(INSTANCES.name, EVALUATION):
            notes.append(f"No task declares evaluation instances: no split `{EVALUATION}`.")
        written = files.close()
    finally:
        files.abandon()
    manifest = Manifest(
        kind="huggingface",
        tasks=contents.tasks,
        instances=contents.instances,
        files=(*written, *_describe(folder, written, contents, tables, options.card_note)),
        schema_version=NEWEST,
        splits=files.rows(),
    )
    return WrittenFolder(manifest, tuple(notes))


class _TableFiles:
    """The Parquet files of every split of every table."""

    def __init__(self, tables: Sequence[Table], folder: Path, shard_size: int) -> None:
        self._tables = {table.name: table for table in tables}
        self._folder = folder
        self._shard_size = shard_size
        self._shards: dict[tuple[str, str], Shards] = {}

    def add(self, table: str, split: str, rows: ArrowRows) -> None:
        """Add the rows of one task to a split of a table."""
        key = (table, split)
        if key not in self._shards:
            self._shards[key] = Shards(self._tables[table], split, self._folder, self._shard_size)
        self._shards[key].add(rows)

    def has(self, table: str, split: str) -> bool:
        """Whether a split of a table was added to."""
        return (table, split) in self._shards

    def close(self) -> list[WrittenFile]:
        """Write all rows and return the files, by table and split, `train` first.

        A split without rows is removed if the table has others, as it would keep readers from
        loading them.
        """
        filled = {name for (name, _), one in self._shards.items() if one.rows}
        for key, one in [*self._shards.items()]:
            if not one.rows and one.table.name in filled:
                one.discard()
                del self._shards[key]
        order = list(self._tables)
        self._shards = dict(
            sorted(
                self._shards.items(),
                key=lambda item: (order.index(item[0][0]), item[0][1] != TRAIN, item[0][1]),
            )
        )
        return [file for one in self._shards.values() for file in one.close()]

    def rows(self) -> dict[str, dict[str, int]]:
        """Return the number of rows by table and split, in the order of the files."""
        counts: dict[str, dict[str, int]] = {}
        for (table, split), one in self._shards.items():
            counts.setdefault(table, {})[split] = one.rows
        return counts

    def abandon(self) -> None:
        """Close all files that a failure left open."""
        for one in self._shards.values():
            one.abandon()


def _describe(
    folder: Path,
    files: Sequence[WrittenFile],
    contents: DatasetSummary,
    tables: Sequence[Table],
    card_note: str,
) -> list[WrittenFile]:
    """Write the chart, the card for people and the Hub, and the Croissant description."""
    digest = sha256("".join(file.sha256 for file in files).encode()).hexdigest()
    chart = "composition.svg"
    texts = {
        chart: plot(contents),
        "README.md": card(contents, data_files(files), digest, chart, card_note),
    }
    written = []
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
        written.append(WrittenFile.of(folder, folder / name))
    path = folder / "croissant.json"
    path.write_bytes(croissant(contents, (*files, *written), tables, version(digest)))
    return [*written, WrittenFile.of(folder, path)]


def _divided(columns: Columns, options: DatasetFolderOptions) -> Iterator[Columns]:
    """Yield the instances of a task, divided by the splits that they go to."""
    if not options.evaluation_split:
        yield columns
        return
    if columns.split == EVALUATION:
        raise ConfigError(
            f"the track already has a split `{EVALUATION}`. "
            "Rename its list, or remove --evaluation-split."
        )
    inside = evaluation_indices(columns)
    if not inside:
        yield columns
        return
    chosen = frozenset(inside)
    outside = [index for index in range(len(columns.instances)) if index not in chosen]
    yield select_instances(columns, outside)
    yield select_instances(columns, inside, EVALUATION)

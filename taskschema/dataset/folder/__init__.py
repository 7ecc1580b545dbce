"""The folder that `datasets.load_dataset` reads, whoever fills it: tables, a card, a manifest.

What one task brings to the tables is prepared by itself, wherever that is; the folder is then
written from these parts in order.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from taskschema.collection.export_manifest import Manifest, WrittenFile
from taskschema.collection.splits.tracks import EVALUATION, TRAIN
from taskschema.core.errors import ConfigError
from taskschema.dataset.arrow import ArrowRows, rows_of, schema_of
from taskschema.dataset.bar_chart import plot
from taskschema.dataset.card import card, version
from taskschema.dataset.configs import arrange
from taskschema.dataset.croissant import croissant
from taskschema.dataset.filters import part
from taskschema.dataset.folder.attachments import ATTACHMENTS, embedded
from taskschema.dataset.folder.shards import Shards
from taskschema.dataset.summary import DatasetSummary
from taskschema.dataset.tables import INSTANCES, TASKS, Table
from taskschema.schema.columns import Columns
from taskschema.schema.versions import NEWEST

__all__ = ["Prepared", "Wanted", "prepare", "write"]

TABLES = (INSTANCES, TASKS, ATTACHMENTS)
IN_ROWS = {"definition", "instances", "positive_demonstrations", "negative_demonstrations"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a folder beside the tasks."""

    views: Sequence[Table] = ()
    """Tables for the records of views."""
    evaluation_split: bool = False
    """Whether the instances that tasks declare for evaluations are a split of their own."""
    shard_size: int = 500_000_000
    """About how many bytes a file has before the next is begun."""
    made: Mapping[str, Any] = field(default_factory=dict)
    """What the export was asked for, as the card tells it."""
    say: Callable[[str], None] = lambda _line: None
    """Given a line on whatever is not written as it stands."""


class Prepared(NamedTuple):
    """What is written of one task."""

    tables: list[tuple[str, str, ArrowRows]]
    """The name of a table, a split, and the rows there."""
    head: Columns
    """The task without what is in the rows."""
    instances: int


def prepare(columns: Columns, wanted: Wanted) -> Prepared:
    """The rows of a task in every table; the files that it brings along are read at the end."""
    tables = [
        (table.name, part_.split, rows_of(table, part_, schema_of(table)))
        for part_ in _parts(columns, wanted)
        for table in (INSTANCES, *wanted.views)
    ]
    tables.append((TASKS.name, columns.split, rows_of(TASKS, columns, schema_of(TASKS))))
    task = {key: value for key, value in columns.task.items() if key not in IN_ROWS}
    head = Columns(task, path=columns.path, root=columns.root, split=columns.split)
    return Prepared(tables, head, len(columns.instances))


def write(tasks: Iterable[Prepared], folder: Path, wanted: Wanted) -> Manifest:
    """Write tasks in the order given; memory holds few of them, and a row group of each split."""
    shards: dict[tuple[str, str], Shards] = {}
    contents = DatasetSummary()
    tables = (*TABLES, *wanted.views)
    by_name = {table.name: table for table in tables}

    def add(name: str, split: str, rows: ArrowRows) -> None:
        key = (name, split)
        if key not in shards:
            shards[key] = Shards(by_name[name], split, folder, wanted.shard_size)
        shards[key].add(rows)

    try:
        for task in tasks:
            for name, split, rows in task.tables:
                add(name, split, rows)
            for file in embedded(task.head, wanted.say):
                add(
                    ATTACHMENTS.name, file.split, rows_of(ATTACHMENTS, file, schema_of(ATTACHMENTS))
                )
            contents.add(task.head, task.instances)
        if wanted.evaluation_split and (INSTANCES.name, EVALUATION) not in shards:
            wanted.say(f"No task declares instances for evaluations: no split `{EVALUATION}`.")
        ordered = sorted(_filled(shards.values()), key=lambda one: _order(one, tables))
        files = [file for one in ordered for file in one.close()]
    finally:
        for one in shards.values():
            one.abandon()
    splits: dict[str, dict[str, int]] = {}
    for one in ordered:
        splits.setdefault(one.table.name, {})[one.split] = one.rows
    return Manifest(
        kind="huggingface",
        tasks=contents.tasks,
        instances=contents.instances,
        files=(*files, *_described(folder, files, contents, tables, wanted)),
        schema_version=NEWEST,
        splits=splits,
    )


def _described(
    folder: Path,
    files: Sequence[WrittenFile],
    contents: DatasetSummary,
    tables: Sequence[Table],
    wanted: Wanted,
) -> list[WrittenFile]:
    """Write what says what the data are: for people, for the Hub, and for readers of Croissant."""
    digest = sha256("".join(file.sha256 for file in files).encode()).hexdigest()
    about = {
        "composition.svg": plot(contents),
        "README.md": card(contents, arrange(files), digest, "composition.svg", wanted.made),
    }
    written = []
    for name, text in about.items():
        (folder / name).write_bytes(text.encode())
        written.append(WrittenFile.of(folder, folder / name))
    path = folder / "croissant.json"
    path.write_bytes(croissant(contents, (*files, *written), tables, version(digest)))
    return [*written, WrittenFile.of(folder, path)]


def _parts(columns: Columns, wanted: Wanted) -> Iterator[Columns]:
    """The instances of a task by the split that they go to."""
    if not wanted.evaluation_split:
        yield columns
        return
    if columns.split == EVALUATION:
        raise ConfigError(
            f"the track has a split `{EVALUATION}` already. "
            "Rename its list, or do without --evaluation-split."
        )
    chosen = frozenset(columns.task.get("evaluation", {}).get("instances", ()))
    inside = [index for index, name in enumerate(columns.ids) if name in chosen]
    if not inside:
        yield columns
        return
    outside = [index for index, name in enumerate(columns.ids) if name not in chosen]
    yield part(columns, outside)
    yield part(columns, inside, EVALUATION)


def _filled(shards: Iterable[Shards]) -> Iterator[Shards]:
    """Those with rows: one split without any keeps readers from loading the others."""
    filled = {one.table.name for one in shards if one.rows}
    for one in shards:
        if one.rows or one.table.name not in filled:
            yield one
        else:
            one.discard()


def _order(one: Shards, tables: Sequence[Table]) -> tuple[int, bool, str]:
    return tables.index(one.table), one.split != TRAIN, one.split

"""A folder that `datasets.load_dataset` reads: Parquet files and a card that names them.

Config `default` has one row per instance, config `tasks` one row per task with its demonstrations,
and config `attachments`, where there are any, one row per file that tasks bring along. A view that
is asked for is a config of its own, with its name. Every file is written with one explicit Arrow
schema, straight from the columns. The features in its metadata are in the form that datasets 3, 4
and 5 all read (lists as `[...]`, without the `List` type of datasets 4).
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from taskschema.cards import card, version
from taskschema.columns import Columns
from taskschema.composition import plot
from taskschema.contents import Contents
from taskschema.croissant import croissant
from taskschema.data_files import arrange
from taskschema.errors import ConfigError
from taskschema.export_filters import part
from taskschema.exporters import Exporter, Options
from taskschema.exporters._attachments import ATTACHMENTS, embedded
from taskschema.exporters._shards import Shards
from taskschema.exporters._views import view_table
from taskschema.manifests import Manifest, WrittenFile
from taskschema.schema import NEWEST
from taskschema.tables import INSTANCES, TASKS, Table
from taskschema.tracks import EVALUATION, TRAIN

TABLES = (INSTANCES, TASKS, ATTACHMENTS)
DEFAULTS = Options()


def write(tasks: Iterable[Columns], folder: Path, options: Options = DEFAULTS) -> Manifest:
    """Write tasks in the order given; memory holds one task, and one row group of each split."""
    shards: dict[tuple[str, str], Shards] = {}
    contents = Contents()
    view = view_table(options.view, options) if options.view else None
    tables = (*TABLES, view) if view else TABLES

    def add(table: Table, columns: Columns) -> None:
        key = (table.name, columns.split)
        if key not in shards:
            shards[key] = Shards(table, columns.split, folder, options.shard_size)
        shards[key].add(columns)

    try:
        for columns in tasks:
            for rows in _parts(columns, options):
                add(INSTANCES, rows)
                if view:
                    add(view, rows)
            add(TASKS, columns)
            for attachment in embedded(columns, options.say):
                add(ATTACHMENTS, attachment)
            contents.add(columns)
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
        files=(*files, *_described(folder, files, contents, tables)),
        schema_version=NEWEST,
        splits=splits,
    )


def _described(
    folder: Path, files: Sequence[WrittenFile], contents: Contents, tables: Sequence[Table]
) -> list[WrittenFile]:
    """Write what says what the data are: for people, for the Hub, and for readers of Croissant."""
    digest = sha256("".join(file.sha256 for file in files).encode()).hexdigest()
    about = {
        "composition.svg": plot(contents),
        "README.md": card(contents, arrange(files), digest, "composition.svg"),
    }
    written = []
    for name, text in about.items():
        (folder / name).write_bytes(text.encode())
        written.append(WrittenFile.of(folder, folder / name))
    path = folder / "croissant.json"
    path.write_bytes(croissant(contents, (*files, *written), tables, version(digest)))
    return [*written, WrittenFile.of(folder, path)]


def _parts(columns: Columns, options: Options) -> Iterator[Columns]:
    """The instances of a task by the split that they go to."""
    if not options.evaluation_split:
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


EXPORTER = Exporter(
    write=write, views=None, parts_evaluation=True, modules=("pyarrow", "yaml"), extra="hf"
)

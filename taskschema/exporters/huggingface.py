"""A folder that `datasets.load_dataset` reads: Parquet files and a card that names them.

Config `default` has one row per instance, config `tasks` one row per task with its demonstrations,
and config `attachments`, where there are any, one row per file that tasks bring along. Every file
is written with one explicit Arrow schema, straight from the columns. The features in its metadata
are in the form that datasets 3, 4 and 5 all read (lists as `[...]`, without the `List` type of
datasets 4).
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from taskschema.cards import card
from taskschema.columns import Columns
from taskschema.errors import ConfigError
from taskschema.export_filters import part
from taskschema.exporters import Exporter, Options
from taskschema.exporters._attachments import ATTACHMENTS, embedded
from taskschema.exporters._shards import Shards
from taskschema.manifests import Manifest, WrittenFile
from taskschema.schema import NEWEST
from taskschema.tables import INSTANCES, TASKS, Table
from taskschema.tracks import EVALUATION, TRAIN

TABLES = (INSTANCES, TASKS, ATTACHMENTS)
DEFAULTS = Options()


def write(tasks: Iterable[Columns], folder: Path, options: Options = DEFAULTS) -> Manifest:
    """Write tasks in the order given; memory holds one task, and one row group of each split."""
    shards: dict[tuple[str, str], Shards] = {}
    summaries = []

    def add(table: Table, columns: Columns) -> None:
        key = (table.name, columns.split)
        if key not in shards:
            shards[key] = Shards(table, columns.split, folder, options.shard_size)
        shards[key].add(columns)

    try:
        for columns in tasks:
            for rows in _parts(columns, options):
                add(INSTANCES, rows)
            add(TASKS, columns)
            for attachment in embedded(columns, options.tell):
                add(ATTACHMENTS, attachment)
            summaries.append(_summary(columns))
        ordered = sorted(_filled(shards.values()), key=_order)
        files = [file for one in ordered for file in one.close()]
    finally:
        for one in shards.values():
            one.abandon()
    readme = folder / "README.md"
    digest = sha256("".join(file.sha256 for file in files).encode()).hexdigest()
    patterns: dict[str, dict[str, str]] = {}
    splits: dict[str, dict[str, int]] = {}
    for one in ordered:
        pattern = f"{one.table.name}/{one.split}-*.parquet"
        patterns.setdefault(one.table.name, {})[one.split] = pattern
        splits.setdefault(one.table.name, {})[one.split] = one.rows
    readme.write_bytes(card(patterns, summaries, digest).encode())
    return Manifest(
        kind="huggingface",
        tasks=len(summaries),
        instances=sum(summary["instances"] for summary in summaries),
        files=(*files, WrittenFile.of(folder, readme)),
        schema_version=NEWEST,
        splits=splits,
    )


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


def _order(one: Shards) -> tuple[int, bool, str]:
    return TABLES.index(one.table), one.split != TRAIN, one.split


def _summary(columns: Columns) -> dict[str, Any]:
    """What the card says of a task."""
    return {
        "task": columns.name,
        "instances": len(columns.instances),
        **{column.name: column.per_task(columns) for column in _in_summary() if column.per_task},
    }


def _in_summary() -> Iterator[Any]:
    wanted = {"categories", "instruction_language", "input_language", "output_language", "licenses"}
    return (column for column in INSTANCES.columns if column.name in wanted)


EXPORTER = Exporter(write=write, modules=("pyarrow", "yaml"), extra="hf")

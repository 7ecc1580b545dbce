"""A folder that `datasets.load_dataset` reads: Parquet files and a card that names them.

Config `default` has one row per instance, config `tasks` one row per task with its demonstrations,
and config `attachments`, where there are any, one row per file that tasks bring along. Each view
that is asked for is a config of its own, with its name; of several, `--set VIEW.NAME=VALUE` is a
setting of one. Every file is written with one explicit Arrow
schema, straight from the columns. The features in its metadata are in the form that datasets 3, 4
and 5 all read (lists as `[...]`, without the `List` type of datasets 4).
"""

from collections.abc import Iterable
from pathlib import Path

from taskschema.collection.export_manifest import Manifest
from taskschema.dataset import folder as dataset_folder
from taskschema.dataset.folder import Prepared, Wanted
from taskschema.export.exporter import Exporter, ExportOptions
from taskschema.export.shared.view_tables import view_table
from taskschema.schema.columns import Columns


def prepare(columns: Columns, options: ExportOptions) -> Prepared:
    """The rows of a task in every table; the files that it brings along are read at the end."""
    return dataset_folder.prepare(columns, _wanted(options))


def write(tasks: Iterable[Prepared], folder: Path, options: ExportOptions) -> Manifest:
    """Write tasks in the order given; memory holds few of them, and a row group of each split."""
    return dataset_folder.write(tasks, folder, _wanted(options))


def _wanted(options: ExportOptions) -> Wanted:
    return Wanted(
        views=tuple(view_table(name, options) for name in options.views),
        evaluation_split=options.evaluation_split,
        shard_size=options.shard_size,
        made=options.made,
        say=options.say,
    )


EXPORTER = Exporter(
    prepare=prepare,
    write=write,
    views=None,
    takes_several=True,
    divides_tasks=True,
    modules=("pyarrow", "yaml"),
    extra="hf",
)

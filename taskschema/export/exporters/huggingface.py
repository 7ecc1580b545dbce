"""A folder that `datasets.load_dataset` reads: Parquet files, and a card that lists them.

Config `default` has one row per instance, config `tasks` one row per task with its demonstrations.
Config `attachments`, if tasks have files attached, has one row per file. Each requested view is a
config with its name; of several views, `--set VIEW.NAME=VALUE` sets one.

All files of a config have the same explicit Arrow schema. The features in its metadata have the
form that datasets 3, 4 and 5 read (lists as `[...]`, without the `List` type of datasets 4).
"""

from collections.abc import Iterable
from pathlib import Path

from taskschema.dataset import folder as dataset_folder
from taskschema.dataset.folder import DatasetFolderOptions, TaskRows
from taskschema.export.changed_options import options_section
from taskschema.export.exporter import Exporter, WrittenExport
from taskschema.export.plan import ExportPlan
from taskschema.export.shared.view_options import view_options
from taskschema.schema.columns import Columns


def prepare(columns: Columns, plan: ExportPlan) -> TaskRows:
    """Return the rows of a task in every table."""
    return dataset_folder.prepare(columns, _folder_options(plan))


def write(tasks: Iterable[TaskRows], folder: Path, plan: ExportPlan) -> WrittenExport:
    """Write the tables, the card and the Croissant description."""
    manifest, notes = dataset_folder.write(tasks, folder, _folder_options(plan))
    return WrittenExport(manifest, notes=notes)


def _folder_options(plan: ExportPlan) -> DatasetFolderOptions:
    request = plan.request
    return DatasetFolderOptions(
        views={name: view_options(name, plan) for name in request.views},
        evaluation_split=request.evaluation_split,
        shard_size=request.shard_size,
        card_note=options_section(plan.changed_options),
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

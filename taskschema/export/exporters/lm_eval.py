"""A folder of tasks for lm-evaluation-harness: a YAML and a Parquet file for each task.

The harness accepts no task without instances; such a task is skipped and reported.
"""

from collections.abc import Iterable
from pathlib import Path

from taskschema.convert.formats.lm_eval import FORMAT
from taskschema.export.exporter import Exporter, WrittenExport
from taskschema.export.plan import ExportPlan
from taskschema.export.shared.format_folder import BARE, FormatFolder
from taskschema.schema.columns import Columns


def write(tasks: Iterable[Columns], folder: Path, plan: ExportPlan) -> WrittenExport:
    """Write `NAME.yaml` and `NAME.parquet` for each task."""
    files = FormatFolder(FORMAT, folder, plan)
    files.write(tasks)
    return files.finished()


EXPORTER = Exporter(write=write, settings={"bare": BARE}, modules=("pyarrow", "yaml"), extra="hf")

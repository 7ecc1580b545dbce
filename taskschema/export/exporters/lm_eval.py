"""A folder of tasks for lm-evaluation-harness: a YAML and a Parquet file for each.

The harness takes no task without instances; such a task is named and left out.
"""

from collections.abc import Iterable
from pathlib import Path

from taskschema.collection.export_manifest import Manifest
from taskschema.convert.formats.lm_eval import FORMAT
from taskschema.export.exporter import Exporter, ExportOptions
from taskschema.export.shared.format_folder import BARE, FormatFolder
from taskschema.schema.columns import Columns


def write(tasks: Iterable[Columns], folder: Path, options: ExportOptions) -> Manifest:
    """Write `NAME.yaml` and `NAME.parquet` for each task."""
    target = FormatFolder(FORMAT, folder, options)
    target.write(tasks)
    return target.manifest("lm_eval")


EXPORTER = Exporter(write=write, settings={"bare": BARE}, modules=("pyarrow", "yaml"), extra="hf")

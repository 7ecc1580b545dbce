"""A folder of tasks for lm-evaluation-harness: a YAML and a Parquet file for each.

The harness takes no task without instances; such a task is named and left out.
"""

from collections.abc import Iterable
from pathlib import Path

from taskschema.columns import Columns
from taskschema.exporters import Exporter, Options
from taskschema.exporters._formats import BARE, FormatFolder
from taskschema.formats.lm_eval import FORMAT
from taskschema.manifests import Manifest


def write(tasks: Iterable[Columns], folder: Path, options: Options) -> Manifest:
    """Write `NAME.yaml` and `NAME.parquet` for each task."""
    target = FormatFolder(FORMAT, folder, options)
    target.write(tasks)
    return target.manifest("lm_eval")


EXPORTER = Exporter(write=write, settings={"bare": BARE}, modules=("pyarrow", "yaml"), extra="hf")

"""A folder of tasks for lm-evaluation-harness: a YAML and a Parquet file for each.

The harness takes no task without instances; such a task is named and left out. It shows the same
demonstrations before every instance, so that those which ask what an instance asks are left out.
"""

from collections.abc import Iterable
from pathlib import Path

from taskschema.columns import Columns
from taskschema.exporters import Exporter, Options
from taskschema.exporters._formats import BARE, FormatFolder
from taskschema.formats import Document
from taskschema.formats.lm_eval import FORMAT
from taskschema.manifests import Manifest
from taskschema.text import normalise, several


class _Folder(FormatFolder):
    """A folder of tasks whose demonstrations give no answer away."""

    def document(self, task: Document) -> Document:
        """A task without the demonstrations that ask what one of its instances asks."""
        asked = {normalise(instance["input"]) for instance in task["instances"]}
        shown = task.get("positive_demonstrations", [])
        kept = [each for each in shown if normalise(each["input"]) not in asked]
        if len(kept) == len(shown):
            return task
        count = several(len(shown) - len(kept), "demonstration")
        self.options.say(f"{task['name']}: without {count} that would give an answer away.")
        return task | {"positive_demonstrations": kept}


def write(tasks: Iterable[Columns], folder: Path, options: Options) -> Manifest:
    """Write `NAME.yaml` and `NAME.parquet` for each task."""
    target = _Folder(FORMAT, folder, options)
    target.write(tasks)
    return target.manifest("lm_eval")


EXPORTER = Exporter(write=write, settings={"bare": BARE}, modules=("pyarrow", "yaml"), extra="hf")

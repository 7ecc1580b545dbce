"""Super-NaturalInstructions: a file for each task, and the split lists that Tk-Instruct reads.

Tk-Instruct opens `train_tasks.txt`, `dev_tasks.txt` and `test_tasks.txt`, and the file of every
task that they list. So every track has all three lists, which may be empty, and they list only
tasks that were written, by their current names. Without any lists, all tasks are in `train`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from taskschema.convert.formats.superni import FORMAT
from taskschema.export.exporter import Exporter, WrittenExport
from taskschema.export.plan import ExportPlan
from taskschema.export.shared.format_folder import BARE, FormatFolder
from taskschema.export.shared.split_names import require_file_names
from taskschema.rules.collection_context import SplitList
from taskschema.schema.columns import Columns

REQUIRED_SPLITS = ("train", "dev", "test")
DEFAULT_TRACK = "default"


def write(tasks: Iterable[Columns], folder: Path, plan: ExportPlan) -> WrittenExport:
    """Write `tasks/NAME.json` for each task, and `splits/TRACK/SPLIT_tasks.txt`."""
    require_file_names(plan.lists)
    files = FormatFolder(FORMAT, folder, plan)
    current_names: dict[str, str] = {}
    files.write(_with_names(tasks, current_names))
    for path, data in _lists(plan.lists, files.tasks, current_names):
        files.put(path, data)
    return files.finished()


def _with_names(tasks: Iterable[Columns], current_names: dict[str, str]) -> Iterator[Columns]:
    """Yield the tasks; record the current name of each by its name and its aliases."""
    for columns in tasks:
        for name in (columns.name, *columns.task.get("aliases", ())):
            current_names.setdefault(name, columns.name)
        yield columns


def _lists(
    lists: Iterable[SplitList], written: Collection[str], current_names: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the paths and contents of the split lists of the written tasks."""
    tracks: dict[str, dict[str, list[str]]] = {}
    for one in lists:
        names = [current_names[name] for _, name in one.names if name in current_names]
        tracks.setdefault(one.track, {})[one.split] = [name for name in names if name in written]
    for track, splits in sorted((tracks or {DEFAULT_TRACK: {"train": [*written]}}).items()):
        for split in sorted({*REQUIRED_SPLITS, *splits}):
            text = "".join(f"{name}\n" for name in dict.fromkeys(splits.get(split, [])))
            yield f"splits/{track}/{split}_tasks.txt", text.encode()


EXPORTER = Exporter(write=write, settings={"bare": BARE}, keeps_lists=True)

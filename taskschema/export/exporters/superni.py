"""Super-NaturalInstructions: a file for each task, and lists of splits that Tk-Instruct reads.

Tk-Instruct opens `train_tasks.txt`, `dev_tasks.txt` and `test_tasks.txt`, and the file of every
task that they name. Each track therefore has all three, which may be empty, and lists only tasks
that were written, by their present names. Without any lists, all tasks are in `train`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from taskschema.collection.export_manifest import Manifest
from taskschema.convert.formats.superni import FORMAT
from taskschema.export.exporter import Exporter, ExportOptions
from taskschema.export.shared.format_folder import BARE, FormatFolder
from taskschema.export.shared.split_names import called, require_plain
from taskschema.schema.columns import Columns

NEEDED = ("train", "dev", "test")
TRACK = "default"


def write(tasks: Iterable[Columns], folder: Path, options: ExportOptions) -> Manifest:
    """Write `tasks/NAME.json` for each task, and `splits/TRACK/SPLIT_tasks.txt`."""
    target = FormatFolder(FORMAT, folder, options)
    names: dict[str, str] = {}  # present names by all names

    def noted() -> Iterator[Columns]:
        for columns in tasks:
            for name in called(columns.task):
                names.setdefault(name, columns.name)
            yield columns

    require_plain(options.lists)
    target.write(noted())
    for path, data in _lists(options, target, names):
        target.put(path, data)
    return target.manifest("superni")


def _lists(
    options: ExportOptions, target: FormatFolder, names: dict[str, str]
) -> Iterator[tuple[str, bytes]]:
    """The files of the lists, of tasks that are written."""
    listed: dict[str, dict[str, list[str]]] = {}
    for one in options.lists:
        found = [names[name] for _, name in one.names if names.get(name) in target.tasks]
        listed.setdefault(one.track, {})[one.split] = found
    for track, splits in sorted((listed or {TRACK: {"train": [*target.tasks]}}).items()):
        for split in sorted({*NEEDED, *splits}):
            text = "".join(f"{name}\n" for name in dict.fromkeys(splits.get(split, [])))
            yield f"splits/{track}/{split}_tasks.txt", text.encode()


EXPORTER = Exporter(write=write, settings={"bare": BARE}, keeps_lists=True)

"""Lines of JSON: the records of any view, in one file for each split."""

from collections.abc import Iterable
from pathlib import Path

from taskschema.columns import Columns
from taskschema.exporters import Exporter, Options
from taskschema.exporters._rows import write_rows
from taskschema.manifests import Manifest


def write(tasks: Iterable[Columns], folder: Path, options: Options) -> Manifest:
    """Write `SPLIT.jsonl` for each split; memory holds one task."""
    written = write_rows(tasks, folder, options, view=options.view or EXPORTER.view)
    return written.manifest("jsonl")


EXPORTER = Exporter(write=write, view="messages", views=None)

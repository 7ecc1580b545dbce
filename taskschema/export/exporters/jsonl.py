"""Lines of JSON: the records of any view, in one file for each split."""

from collections.abc import Iterable
from pathlib import Path

from taskschema.collection.export_manifest import Manifest
from taskschema.export.exporter import Exporter, ExportOptions
from taskschema.export.shared.record_files import Records, records_of, write_rows
from taskschema.schema.columns import Columns


def prepare(columns: Columns, options: ExportOptions) -> Records:
    """The records of a task."""
    return records_of(columns, options, options.view or EXPORTER.view)


def write(tasks: Iterable[Records], folder: Path, options: ExportOptions) -> Manifest:
    """Write `SPLIT.jsonl` for each split; memory holds one task."""
    written = write_rows(tasks, folder, options, view=options.view or EXPORTER.view)
    return written.manifest("jsonl")


EXPORTER = Exporter(prepare=prepare, write=write, view="messages", views=None)

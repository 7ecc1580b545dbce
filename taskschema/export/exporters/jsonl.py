"""JSON Lines: the records of any view, in one file for each split."""

from collections.abc import Iterable
from pathlib import Path

from taskschema.export.exporter import Exporter, WrittenExport
from taskschema.export.plan import ExportPlan
from taskschema.export.shared.record_files import TaskRecords, task_records, write_records


def write(tasks: Iterable[TaskRecords], folder: Path, plan: ExportPlan) -> WrittenExport:
    """Write `SPLIT.jsonl` for each split."""
    return write_records(tasks, folder, plan).finished()


EXPORTER = Exporter(prepare=task_records, write=write, view="messages", views=None)

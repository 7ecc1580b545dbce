"""Records of a view in JSON Lines files, one for each split, with a README about their tasks.

A record holds only the fields of the view. The README lists the licences, sources and canary of
each task.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from taskschema.collection.export_manifest import Manifest, WrittenFile
from taskschema.core.text.markdown import inline
from taskschema.export.changed_options import options_section
from taskschema.export.exporter import WrittenExport
from taskschema.export.plan import ExportPlan
from taskschema.export.shared.view_options import view_options
from taskschema.schema.columns import Columns
from taskschema.schema.versions import NEWEST
from taskschema.views.view import view_of

__all__ = ["RecordFiles", "TaskRecords", "task_records", "write_records"]

README = "README.md"
LONGEST = 2000  # characters of a cell
HEADINGS = ("task", "split", "instances", "licences", "sources", "canary")


@dataclass(frozen=True, slots=True)
class TaskRecords:
    """The records of one task."""

    split: str
    data: bytes
    """JSON Lines, one record each."""
    rows: int
    """The number of records."""
    instances: int
    """The number of instances that they were made from."""
    readme_row: str
    """The row of the task in the table of the README."""


def task_records(columns: Columns, plan: ExportPlan) -> TaskRecords:
    """Return the records that the view of an export makes of a task."""
    view, options = view_of(plan.view), view_options(plan.view, plan)
    indices = range(len(columns.instances))
    lines = [
        orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
        for record in view.records(columns.task, indices, options)
    ]
    row = _task_row(columns.task, columns.split)
    return TaskRecords(columns.split, b"".join(lines), len(lines), len(indices), row)


@dataclass(slots=True)
class RecordFiles:
    """The record files of a folder, and their counts."""

    folder: Path
    kind: str
    """The name of the exporter."""
    paths: dict[str, Path] = field(default_factory=dict)
    """By split."""
    rows: Counter[str] = field(default_factory=Counter)
    """The number of records by split."""
    tasks: int = 0
    instances: int = 0

    @property
    def splits(self) -> list[str]:
        """The splits with a file, in alphabetical order."""
        return sorted(self.paths)

    def add(self, task: TaskRecords, file_name: str) -> None:
        """Append the records of a task to the file of its split."""
        path = self.paths.setdefault(task.split, self.folder / file_name)
        with path.open("ab") as file:
            file.write(task.data)
        self.rows[task.split] += task.rows
        self.tasks += 1
        self.instances += task.instances

    def finished(self, *others: str) -> WrittenExport:
        """Return the manifest of the record files, other files by name, and the README."""
        files = [
            WrittenFile.of(self.folder, self.paths[split], self.rows[split])
            for split in self.splits
        ]
        files += [WrittenFile.of(self.folder, self.folder / name) for name in (*others, README)]
        return WrittenExport(
            Manifest(
                kind=self.kind,
                tasks=self.tasks,
                instances=self.instances,
                files=tuple(files),
                schema_version=NEWEST,
            )
        )


def write_records(
    tasks: Iterable[TaskRecords],
    folder: Path,
    plan: ExportPlan,
    file_name: Callable[[str], str] = "{}.jsonl".format,
) -> RecordFiles:
    """Write the records of tasks and the README; memory holds the records of one task.

    Args:
        tasks: the records of each task, in the order to write them.
        folder: an empty folder.
        plan: the plan of the export.
        file_name: returns the file name of a split.
    """
    files = RecordFiles(folder, plan.request.kind)
    rows = []
    for task in tasks:
        files.add(task, file_name(task.split))
        rows.append(task.readme_row)
    text = _readme(plan, rows) + options_section(plan.changed_options)
    (folder / README).write_text(text, "utf-8", newline="\n")
    return files


def _readme(plan: ExportPlan, rows: list[str]) -> str:
    view, options = view_of(plan.view), view_options(plan.view, plan)
    values = {name: view.setting(options, name) for name in view.settings}
    settings = "".join(
        f", `{name}` {orjson.dumps(value).decode()}" for name, value in sorted(values.items())
    )
    rule = "| --- " * len(HEADINGS) + "|"
    table = "\n".join((_row(HEADINGS), rule, *rows))
    about = f"{view.title}: view `{plan.view}`, seed {options.seed}{settings}."
    return f"# Records of instruction tasks\n\n{about}\n\n{table}\n"


def _task_row(task: Mapping[str, Any], split: str) -> str:
    licenses = "; ".join(one.get("spdx", one["text"]) for one in task.get("licenses", ()))
    sources = "; ".join(one["name"] for one in task.get("sources", ()))
    instances = str(len(task["instances"]))
    return _row((task["name"], split, instances, licenses, sources, task.get("canary", "")))


def _row(cells: Iterable[str]) -> str:
    return "".join(f"| {inline(cell, LONGEST)} " for cell in cells) + "|"

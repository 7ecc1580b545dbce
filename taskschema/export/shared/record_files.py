"""Records of a view as files of lines of JSON, one for each split, and a page that tells of them.

Records are bare. Who made a task, under which licence, and which canary it carries stands on the
page beside them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from taskschema.collection.export_manifest import Manifest, WrittenFile
from taskschema.core.text.markdown import inline
from taskschema.dataset.card.recipe import recipe
from taskschema.export.exporter import ExportOptions
from taskschema.export.shared.view_tables import chosen
from taskschema.schema.columns import Columns
from taskschema.schema.versions import NEWEST
from taskschema.views import view as views

__all__ = ["RecordFile", "Records", "records_of", "write_rows"]

PAGE = "README.md"
LONGEST = 2000
HEADINGS = ("task", "split", "instances", "licences", "sources", "canary")


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one task."""

    split: str
    data: bytes
    """A line of JSON for each."""
    rows: int
    instances: int
    line: str
    """Of the page."""


def records_of(columns: Columns, options: ExportOptions, view: str) -> Records:
    """The records that a view, by its name, makes of a task."""
    shape: views.View = views.VIEWS.load(view)
    indices = range(len(columns.instances))
    lines = [
        orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
        for record in shape.records(columns.task, indices, chosen(view, shape, options))
    ]
    line = _line(columns.task, columns.split)
    return Records(columns.split, b"".join(lines), len(lines), len(indices), line)


@dataclass(slots=True)
class RecordFile:
    """What stands in a folder by now."""

    folder: Path
    paths: dict[str, Path] = field(default_factory=dict)
    """By split, in alphabetical order once all is written."""
    rows: Counter[str] = field(default_factory=Counter)
    """By split."""
    tasks: int = 0
    instances: int = 0

    def manifest(self, kind: str, *others: str) -> Manifest:
        """The manifest of the records, the page, and other files by name."""
        files = [
            WrittenFile.of(self.folder, path, self.rows[split])
            for split, path in self.paths.items()
        ]
        files += [WrittenFile.of(self.folder, self.folder / name) for name in (*others, PAGE)]
        return Manifest(
            kind=kind,
            tasks=self.tasks,
            instances=self.instances,
            files=tuple(files),
            schema_version=NEWEST,
        )


def write_rows(
    tasks: Iterable[Records],
    folder: Path,
    options: ExportOptions,
    *,
    view: str,
    name_of: Callable[[str], str] = lambda split: f"{split}.jsonl",
) -> RecordFile:
    """Write the records of a view, and the page.

    Args:
        tasks: their records, in the order in which they are written.
        folder: an empty folder.
        options: what the view is to heed.
        view: its name.
        name_of: the name of the file of a split.
    """
    shape: views.View = views.VIEWS.load(view)
    said = chosen(view, shape, options)
    written = RecordFile(folder)
    lines = []
    for task in tasks:
        path = written.paths.setdefault(task.split, folder / name_of(task.split))
        with path.open("ab") as file:
            file.write(task.data)
        written.rows[task.split] += task.rows
        written.tasks += 1
        written.instances += task.instances
        lines.append(task.line)
    written.paths = dict(sorted(written.paths.items()))
    page = _page(view, shape, said, lines) + recipe(options.made)
    (folder / PAGE).write_text(page, "utf-8", newline="\n")
    return written


def _page(view: str, shape: views.View, options: views.ViewOptions, lines: list[str]) -> str:
    values = {name: shape.setting(options, name) for name in shape.settings}
    said = "".join(f", `{name}` {_shown(value)}" for name, value in sorted(values.items()))
    rule = "| --- " * len(HEADINGS) + "|"
    table = "\n".join((_row(HEADINGS), rule, *lines))
    about = f"{shape.title}: view `{view}`, seed {options.seed}{said}."
    return f"# Records of instruction tasks\n\n{about}\n\n{table}\n"


def _line(task: Mapping[str, Any], split: str) -> str:
    licenses = [one.get("spdx", one["text"]) for one in task.get("licenses", ())]
    sources = [one["name"] for one in task.get("sources", ())]
    count = str(len(task["instances"]))
    several = ("; ".join(licenses), "; ".join(sources))
    return _row((task["name"], split, count, *several, task.get("canary", "")))


def _row(cells: Iterable[str]) -> str:
    return "".join(f"| {inline(cell, LONGEST)} " for cell in cells) + "|"


def _shown(value: Any) -> str:
    return orjson.dumps(value).decode()

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

from taskschema import plugins, views
from taskschema.cards.escapes import inline
from taskschema.columns import Columns
from taskschema.exporters import Options
from taskschema.exporters._views import chosen
from taskschema.manifests import Manifest, WrittenFile
from taskschema.schema import NEWEST

__all__ = ["Written", "write_rows"]

PAGE = "README.md"
LONGEST = 2000
HEADINGS = ("task", "split", "instances", "licences", "sources", "canary")


@dataclass(slots=True)
class Written:
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
    tasks: Iterable[Columns],
    folder: Path,
    options: Options,
    *,
    view: str,
    name_of: Callable[[str], str] = lambda split: f"{split}.jsonl",
) -> Written:
    """Write the records of a view, and the page.

    Args:
        tasks: in the order in which their records are written.
        folder: an empty folder.
        options: what the view is to heed.
        view: its name.
        name_of: the name of the file of a split.
    """
    shape: views.View = plugins.load("taskschema.views", view, "VIEW")
    said = chosen(shape, options)
    written = Written(folder)
    lines = []
    for columns in tasks:
        split = columns.split
        path = written.paths.setdefault(split, folder / name_of(split))
        indices = range(len(columns.instances))
        with path.open("ab") as file:
            for record in shape.records(columns.task, indices, said):
                file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
                written.rows[split] += 1
        written.tasks += 1
        written.instances += len(indices)
        lines.append(_line(columns.task, split))
    written.paths = dict(sorted(written.paths.items()))
    (folder / PAGE).write_text(_page(view, shape, said, lines), "utf-8", newline="\n")
    return written


def _page(view: str, shape: views.View, options: views.Options, lines: list[str]) -> str:
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

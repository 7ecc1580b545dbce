"""Reads a document of an older schema version as a task, and writes a task as such a document.

The migrations of the schema do the main work. Before them, a document is brought to the final form
of its version; after them, the content of its keys `taskschema` is applied.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from taskschema.convert.format import ConvertOptions
from taskschema.convert.pieces import Document, Place, Problem
from taskschema.convert.shared.rows.json_difference import difference, overlaid, same
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.convert.shared.rows.schema_fit import SMALLEST, fits_as_head, fits_as_instance
from taskschema.convert.shared.rows.tasks_from_rows import BROKEN_COLUMN, with_ids
from taskschema.convert.shared.rows.taskschema_column import COLUMN
from taskschema.convert.shared.superni.draft_steps import EpochDraft
from taskschema.convert.shared.superni.epoch_rows import PLACEHOLDER, ReadRow, RefusedRow
from taskschema.core.syntax.json_pointers import escape
from taskschema.schema import migrate
from taskschema.schema.versions import NEWEST, fits

__all__ = ["FolderLayout", "ReadDocument", "RowLayout", "read_document", "written_document"]

INSTANCES = "instances"


class RowLayout(NamedTuple):
    """Where an older version has one of the three lists of rows, and how they are read."""

    path: tuple[str, ...]
    """The keys that lead there."""
    read: Callable[[list[Any]], Iterator[ReadRow | RefusedRow]]
    """Reads the rows in any form."""


class FolderLayout(NamedTuple):
    """The layout of one older version."""

    name: str
    """The name of the format, for values kept in `extras`."""
    version: int
    fault: Callable[[Document], str]
    """Why a document is certainly of another format; empty if it may be of this one."""
    draft: Callable[[Document], EpochDraft]
    """Brings the head of a document to the final form of the version."""
    is_one_text: bool
    """Whether the definition is a text rather than a list."""
    rows: Mapping[str, RowLayout]
    """By key of the newest version."""


class ReadDocument(NamedTuple):
    """The result of reading a document."""

    task: Document | None
    problems: tuple[Problem, ...] = ()
    rows: int = 0
    """Instances that the document has."""
    refused: int = 0
    """Instances that are in no task."""


def read_document(
    document: Document, name: str, label: Path, layout: FolderLayout, options: ConvertOptions
) -> ReadDocument:
    """Return the task of a document; any content of the document is accepted.

    Args:
        document: as it was read.
        name: of the task.
        label: the path of the file to show in problems.
        layout: of its version.
        options: `instruction` is the definition for a document without one.
    """
    head = {key: value for key, value in document.items() if key != COLUMN}
    if options.instruction and "Definition" not in head:
        definition = options.instruction if layout.is_one_text else [options.instruction]
        head = {"Definition": definition} | head
    return _Reader(layout, layout.draft(head), label, name).read(document)


class _Reader:
    """Reads one document, and collects its problems."""

    def __init__(self, layout: FolderLayout, draft: EpochDraft, label: Path, name: str) -> None:
        self.layout, self.draft, self.label, self.name = layout, draft, label, name
        self.problems: list[Problem] = []

    def read(self, whole: Document) -> ReadDocument:
        """Return the task, or the reason why there is none."""
        document = self.draft.document
        if not self._has_definition():
            allowed = "a text" if self.layout.is_one_text else "a list of texts, or one text"
            return self._refused(("Definition",), allowed)
        kept: dict[str, list[tuple[int, Any]]] = {}
        for key, rows in self.layout.rows.items():
            given = _at(document, rows.path)
            if not isinstance(given, list):
                return self._refused(rows.path, "a list of objects")
            kept[key] = list(self._read_rows(key, given))
            document = _with(document, rows.path, [_without(row) for _, row in kept[key]])
        task = migrate.upgrade(document, name=self.name, version=self.layout.version)
        if self.draft.kept:
            task["extras"] = task.get("extras", {}) | {self.layout.name: self.draft.kept}
        if COLUMN in whole:
            column = whole[COLUMN]
            if not isinstance(column, dict) or kept.keys() & column.keys():
                return self._refused((COLUMN,), "")
            task = overlaid(task, column)
            if not fits_as_head({key: value for key, value in task.items() if key not in kept}):
                return self._refused((COLUMN,), "")
        else:
            for key, what in self.draft.assumed:
                self._add(escape(key), "assumed", f"`{key}` {what}.")
        for key, found in kept.items():
            task[key] = list(self._joined(key, found, task))
        total = len(_at(self.draft.document, self.layout.rows[INSTANCES].path))
        return ReadDocument(task, tuple(self.problems), total, total - len(task[INSTANCES]))

    def _has_definition(self) -> bool:
        given = self.draft.document.get("Definition")
        if self.layout.is_one_text:
            return isinstance(given, str)
        texts = given if isinstance(given, list) else []
        return texts != [] and all(isinstance(text, str) for text in texts)

    def _pointer(self, path: tuple[str, ...]) -> str:
        return "".join(map(escape, (*map(self.draft.spelling, path[:1]), *path[1:])))

    def _add(self, pointer: str, rule: str, message: str) -> None:
        refuses = rule != "assumed"
        self.problems.append(Problem(Place(self.label, pointer=pointer), rule, message, refuses))

    def _refused(self, path: tuple[str, ...], allowed: str) -> ReadDocument:
        """The result for a document that is not a task, as a key is missing or wrong."""
        document = self.draft.document
        outer = _at(document, path[:-1])
        if not isinstance(outer, dict):
            return self._refused(path[:-1], "an object")
        if path == (COLUMN,):
            self._add(escape(COLUMN), "wrong-shape", BROKEN_COLUMN)
        elif path[-1] not in outer:
            message = f"has no `{path[-1]}`, which is {allowed}. Add it, or remove the file."
            self._add(self._pointer(path[:-1]), "wrong-shape", message)
        else:
            value = outer[path[-1]]
            what = "an empty list" if value == [] else json_type(value)
            if isinstance(value, list) and value and allowed.startswith(what):
                what += " of something else"
            message = f"`{path[-1]}` is {what}, not {allowed}. Correct it."
            self._add(self._pointer(path), "wrong-shape", message)
        given = _at(document, self.layout.rows[INSTANCES].path)
        rows = len(given) if isinstance(given, list) and given else 1
        return ReadDocument(None, tuple(self.problems), rows, rows)

    def _read_rows(self, key: str, given: list[Any]) -> Iterator[tuple[int, Any]]:
        """The readable rows with their indices; instances get an id if they need one."""
        rows = self.layout.rows[key]
        pointer = self._pointer(rows.path)
        found: list[tuple[int, Any]] = []
        first: dict[str, int] = {}
        counts: Counter[str] = Counter()
        for index, row_read in enumerate(rows.read(given)):
            if isinstance(row_read, RefusedRow):
                self._add(f"{pointer}/{index}", *row_read)
                continue
            found.append((index, row_read.row))
            for what in row_read.assumed:
                first.setdefault(what, index)
                counts[what] += 1
        for what, index in first.items():
            more = f" ({counts[what]:,} such rows, this is the first)" if counts[what] > 1 else ""
            self._add(f"{pointer}/{index}", "assumed", f"{what}{more}.")
        if key != INSTANCES or self.layout.version == 1:
            return iter(found)
        named = with_ids(self.name, (row for _, row in found))
        # Rows that have an id keep the order of their keys.
        return (
            (index, row if "id" in row else new)
            for (index, row), new in zip(found, named, strict=True)
        )

    def _joined(self, key: str, rows: list[tuple[int, Any]], task: Document) -> Iterator[Document]:
        """The upgraded rows, with the content of their key `taskschema` applied."""
        placed = [(index, row) for index, row in rows if row != PLACEHOLDER]
        for (index, row), upgraded in zip(placed, task[key], strict=True):
            if COLUMN not in row:
                yield upgraded
                continue
            column = row[COLUMN]
            whole = overlaid(upgraded, column) if isinstance(column, dict) else {}
            if _is_row(key, whole, task):
                yield whole
            else:
                pointer = f"{self._pointer(self.layout.rows[key].path)}/{index}{escape(COLUMN)}"
                self._add(pointer, "wrong-shape", BROKEN_COLUMN)


def _is_row(key: str, row: Document, task: Document) -> bool:
    if key == INSTANCES:
        return fits_as_instance(row, task)
    format_ = {name: task[name] for name in ("answer_format",) if name in task}
    return fits(SMALLEST | format_ | {key: [row]}, NEWEST)


def written_document(task: Document, layout: FolderLayout, options: ConvertOptions) -> Document:
    """Return a task in an older version; keys `taskschema` hold what that has no field for."""
    older, _ = migrate.downgrade(task, to=layout.version)
    # A foreign key `taskschema` would be in the way; its content is carried instead.
    older = _without(older)
    for rows in layout.rows.values():
        older = _with(older, rows.path, list(map(_without, _at(older, rows.path))))
    if options.bare:
        return older
    back = read_document(older, task["name"], Path(), layout, ConvertOptions()).task or {}
    for key, rows in layout.rows.items():
        written = iter(zip(task.get(key, []), back.get(key, []), strict=True))
        carrying = [
            row if row == PLACEHOLDER else _carrying(row, *next(written))
            for row in _at(older, rows.path)
        ]
        older = _with(older, rows.path, carrying)
    heads = ({k: v for k, v in whole.items() if k not in layout.rows} for whole in (task, back))
    found = difference(*heads)
    return older | ({COLUMN: found} if found else {})


def _carrying(row: Document, original: Document, back: Document) -> Document:
    return row if same(original, back) else row | {COLUMN: difference(original, back)}


def _without(row: Any) -> Any:
    """A row or document without its key `taskschema`."""
    if not isinstance(row, dict) or COLUMN not in row:
        return row
    return {key: value for key, value in row.items() if key != COLUMN}


def _at(document: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        document = document.get(key) if isinstance(document, dict) else None
    return document


def _with(document: Document, path: tuple[str, ...], value: Any) -> Document:
    """The document with another value at an existing path."""
    key, *inner = path
    return {**document, key: _with(document[key], tuple(inner), value) if inner else value}

"""One document of Super-NaturalInstructions, in any of its forms, as a task, and the way back."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from taskschema import migrate
from taskschema.formats import Document, Options, Place, Problem
from taskschema.formats._carried import COLUMN
from taskschema.formats._difference import SMALLEST, difference, is_head, is_row, overlaid, same
from taskschema.formats._epoch_rows import Faulty, demonstrations, instances
from taskschema.formats._epochs import EXAMPLES, Draft, final_form
from taskschema.formats._fields import kind
from taskschema.formats._loose import NOT_OURS, identified
from taskschema.places import escape
from taskschema.schema import NEWEST, fits

__all__ = ["OLDER", "Reading", "read_document", "written_document"]

OWN = "superni"
VERSION = 2
OLDER = {
    "instances": "Instances",
    "positive_demonstrations": EXAMPLES[0],
    "negative_demonstrations": EXAMPLES[1],
}
"""The rows of version 3, and their key in version 2."""
PLAIN = {"id", "input", "output"}


class Reading(NamedTuple):
    """What became of a document."""

    task: Document | None
    problems: tuple[Problem, ...] = ()
    rows: int = 0
    """Instances that the document has."""
    refused: int = 0
    """Those of them that are in no task."""


def read_document(document: Document, name: str, label: Path, options: Options) -> Reading:
    """The task of a document; raises nothing, whatever the document holds.

    Args:
        document: as it was read.
        name: of the task.
        label: what problems call the file.
        options: what is to be said for a document without a definition.
    """
    column = document.get(COLUMN)
    ours = column if isinstance(column, dict) else {}
    draft = final_form({key: value for key, value in document.items() if key != COLUMN})
    reader = _Reader(draft, label)
    if not _has_definition(draft.document):
        if not options.instruction or "Definition" in draft.document:
            return reader.refused("Definition", "a list of texts, or one text")
        draft = draft._replace(document=draft.document | {"Definition": [options.instruction]})
    for key in OLDER.values():
        if not isinstance(draft.document.get(key), list):
            return reader.refused(key, "a list of objects")
    kept = {OWN: draft.kept} if draft.kept else {}
    read = {key: reader.rows_of(key, draft.document[key], name) for key in OLDER.values()}
    task = migrate.upgrade(draft.document | {key: [] for key in read}, name=name, version=VERSION)
    if kept:
        task["extras"] = task.get("extras", {}) | kept
    if COLUMN in document:
        task = overlaid(task, ours)
        head = {key: value for key, value in task.items() if key not in OLDER}
        if OLDER.keys() & ours.keys() or not isinstance(column, dict) or not is_head(head):
            return reader.refused(COLUMN, "as it was written")
    else:
        reader.tell_assumed(draft)
    for key, old in OLDER.items():
        task[key] = reader.upgraded(key, old, read[old], task)
    return Reading(
        task,
        tuple(reader.problems),
        len(draft.document["Instances"]),
        len(draft.document["Instances"]) - len(task["instances"]),
    )


def _has_definition(document: Document) -> bool:
    given = document.get("Definition")
    return isinstance(given, list) and given != [] and all(isinstance(one, str) for one in given)


class _Reader:
    """The problems of one document, as they come up."""

    def __init__(self, draft: Draft, label: Path) -> None:
        self.draft, self.label = draft, label
        self.problems: list[Problem] = []

    def tell(self, pointer: str, rule: str, message: str) -> None:
        refuses = rule != "assumed"
        self.problems.append(Problem(Place(self.label, pointer=pointer), rule, message, refuses))

    def refused(self, key: str, wanted: str) -> Reading:
        """The whole document is no task, for a key that is missing or otherwise."""
        spelt, document = self.draft.spelling(key), self.draft.document
        if key == COLUMN:
            self.tell(escape(key), "wrong-shape", NOT_OURS)
        elif key not in document:
            message = f"has no `{key}`, which is {wanted}. Add it, or leave the file out."
            self.tell("", "wrong-shape", message)
        else:
            value = document[key]
            what = "an empty list" if value == [] else kind(value)
            what += " of something else" if isinstance(value, list) and value else ""
            message = f"`{spelt}` is {what}, not {wanted}. Write it as such."
            self.tell(escape(spelt), "wrong-shape", message)
        given = document.get("Instances")
        rows = len(given) if isinstance(given, list) and given else 1
        return Reading(None, tuple(self.problems), rows, rows)

    def tell_assumed(self, draft: Draft) -> None:
        for key, what in draft.assumed:
            self.tell(escape(key), "assumed", f"`{key}` {what}.")

    def rows_of(self, key: str, rows: list[Any], name: str) -> list[tuple[int, Document]]:
        """The rows that can be read, with their indices; instances with an id each."""
        is_instances = key == OLDER["instances"]
        pointer = escape(self.draft.spelling(key))
        found: list[tuple[int, Document]] = []
        first: dict[str, int] = {}
        counts: Counter[str] = Counter()
        for index, mended in enumerate((instances if is_instances else demonstrations)(rows)):
            if isinstance(mended, Faulty):
                self.tell(f"{pointer}/{index}", *mended)
                continue
            found.append((index, mended.row))
            for what in mended.assumed:
                first.setdefault(what, index)
                counts[what] += 1
        for what, index in first.items():
            more = f" ({counts[what]:,} such rows, this is the first)" if counts[what] > 1 else ""
            self.tell(f"{pointer}/{index}", "assumed", f"{what}{more}.")
        if any("id" not in row for _, row in found) and is_instances:
            named = identified(name, (row for _, row in found))
            found = [(index, row) for (index, _), row in zip(found, named, strict=True)]
        return found

    def upgraded(
        self, key: str, old: str, rows: list[tuple[int, Document]], task: Document
    ) -> list[Document]:
        """Rows in the newest version, with what they carry in their key `taskschema`."""
        plain = [{k: v for k, v in row.items() if k != COLUMN} for _, row in rows]
        head: Document = {"Definition": [""], **{name: [] for name in OLDER.values()}, old: plain}
        newer = migrate.upgrade(head, name=task["name"], version=VERSION)[key]
        found = []
        for (index, row), upgraded in zip(rows, newer, strict=True):
            if COLUMN not in row:
                found.append(upgraded)
                continue
            column = row[COLUMN]
            whole = overlaid(upgraded, column) if isinstance(column, dict) else {}
            if _is_row(key, whole, task):
                found.append(whole)
            else:
                pointer = f"{escape(self.draft.spelling(old))}/{index}{escape(COLUMN)}"
                self.tell(pointer, "wrong-shape", NOT_OURS)
        return found


def _is_row(key: str, row: Document, task: Document) -> bool:
    if key == "instances":
        return is_row(row, task)
    format_ = {name: task[name] for name in ("answer_format",) if name in task}
    return fits(SMALLEST | format_ | {key: [row]}, NEWEST)


def written_document(task: Document, options: Options) -> Document:
    """A task in the final form, and beside it in keys `taskschema` what that has no word for."""
    older, _ = migrate.downgrade(task, to=VERSION)
    older = _without_column(older)
    if options.bare:
        return older
    back = read_document(older, task["name"], Path(), Options()).task or {}
    for key, old in OLDER.items():
        rows = zip(task.get(key, []), older[old], back.get(key, []), strict=True)
        older[old] = [_carrying(*row) for row in rows]
    head = {key: value for key, value in task.items() if key not in OLDER}
    found = difference(head, {key: value for key, value in back.items() if key not in OLDER})
    return older | ({COLUMN: found} if found else {})


def _without_column(older: Document) -> Document:
    """A foreign key `taskschema` cannot stay where ours is to be; what it says is carried."""
    rows = {old: list(_freed(older[old])) for old in OLDER.values()}
    return {key: rows.get(key, value) for key, value in older.items() if key != COLUMN}


def _freed(rows: list[Document]) -> Iterator[Document]:
    for row in rows:
        yield {k: v for k, v in row.items() if k != COLUMN} if COLUMN in row else row


def _carrying(wanted: Document, row: Document, back: Document) -> Document:
    if same(wanted, back):
        return row
    return row | {COLUMN: difference(wanted, back)}

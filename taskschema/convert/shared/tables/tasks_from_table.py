"""Reads the rows of a table as tasks, by the roles of its columns.

A list in the output column holds several outputs; a number or truth value is read as its JSON text.
Columns without a role are kept in `extras` under the name of the format. Rows with a column
`taskschema` give back the tasks that they were written from.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from taskschema.convert.format import ConvertOptions
from taskschema.convert.pieces import (
    ColumnExamples,
    ConversionSource,
    Document,
    Piece,
    Place,
    Problem,
    SourceCounts,
)
from taskschema.convert.shared.rows.task_names import TaskNames
from taskschema.convert.shared.rows.tasks_from_rows import (
    GENERIC_DEFINITION,
    ForeignRow,
    tasks_from_rows,
)
from taskschema.convert.shared.rows.taskschema_column import COLUMN, read_column
from taskschema.convert.shared.tables.cells import CellError, as_text, has_scalar
from taskschema.convert.shared.tables.column_mapping import ColumnMapping, columns_of, value_at
from taskschema.core.syntax.json_pointers import escape

__all__ = ["OWN_COLUMNS", "ForeignTable", "Row", "names_among", "tasks_from_table"]

Row = tuple[Place, Document]

OWN_COLUMNS = ("instruction", "input", "output", "id", "task", COLUMN)
"""The columns of a table that taskschema wrote, before those of extras."""
SCANNED = 100  # rows, to find the columns


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignTable:
    """Rows with named cells, and properties of their columns."""

    format: str
    """The name of the format, under which `extras` keep the other columns."""
    names: tuple[str, ...]
    """The names of the columns."""
    rows: Iterable[Row | Problem]
    empty: tuple[Any, ...] = ()
    """Values of empty cells, which are not kept in `extras`."""
    repeated: frozenset[str] = frozenset()
    """Names that several columns have."""
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The labels of each column that has a closed list of them."""


def names_among(rows: Iterator[Row | Problem]) -> tuple[tuple[str, ...], Iterator[Row | Problem]]:
    """Return the columns of the first readable rows, and all rows."""
    first: list[Row | Problem] = []
    names: dict[str, None] = {}
    for found in rows:
        first.append(found)
        names |= {} if isinstance(found, Problem) else dict.fromkeys(found[1])
        if names and len(first) >= SCANNED:
            break
    return tuple(names), chain(first, rows)


def tasks_from_table(
    table: ForeignTable, source: ConversionSource, options: ConvertOptions
) -> Iterator[Piece]:
    """Yield the tasks of a table, and the problems with its columns."""
    if not table.names:
        yield from _nameless(table)
        return
    columns, problems = columns_of(table.names, source, options)
    if columns is None or not set(OWN_COLUMNS) <= set(table.names):
        yield from problems
    if columns is None:
        yield _examples(table)
        return
    if doubtful := sorted(columns.used() & table.repeated):
        message = f"several columns are called `{doubtful[0]}`. Rename all but one."
        yield Problem(source.place(), "wrong-shape", message)
        return
    names = TaskNames(None if COLUMN in table.names else options.name)
    reading = _Reading(table, columns, options, names)
    for piece in tasks_from_rows(reading.rows(), source, options):
        yield reading.labelled(piece) if isinstance(piece, dict) else piece


def _examples(table: ForeignTable) -> ColumnExamples:
    """An example of each column, from the first rows."""
    first = islice((row for row in table.rows if not isinstance(row, Problem)), SCANNED)
    examples = dict.fromkeys(table.names)
    for _, row in first:
        for name in table.names:
            if examples[name] in (None, ""):
                examples[name] = row.get(name)
    return ColumnExamples(examples)


def _nameless(table: ForeignTable) -> Iterator[Piece]:
    """A problem for each row of a table whose rows have no fields."""
    refused = 0
    for found in table.rows:
        refused += 1
        message = "has no fields. Fix the row, or remove it."
        yield found if isinstance(found, Problem) else Problem(found[0], "wrong-shape", message)
    yield SourceCounts(refused, 0, refused)


@dataclass(slots=True)
class _Reading:
    """A table while it is read."""

    table: ForeignTable
    columns: ColumnMapping
    options: ConvertOptions
    names: TaskNames
    noted: set[str] = field(default_factory=set)
    """The columns with a warning already."""
    own_tasks: set[str] = field(default_factory=set)
    """The tasks that taskschema wrote."""

    def rows(self) -> Iterator[ForeignRow | Problem]:
        """Yield each row, or the problem with it."""
        for found in self.table.rows:
            if isinstance(found, Problem):
                yield found
                continue
            place, row = found
            try:
                yield from self._noted(place, row)
                yield self._own(place, row) if row.get(COLUMN) else self._foreign(place, row)
            except CellError as fault:
                inner = place._replace(pointer=place.pointer + fault.pointer)
                yield Problem(inner, fault.rule, str(fault))

    def labelled(self, task: Document) -> Document:
        """Return a task with the labels of its column, unless taskschema wrote it."""
        labels = self.table.labels.get(self.columns.output)
        if not labels or task["name"] in self.own_tasks:
            return task
        return task | {"answer_format": {"kind": "label", "labels": [*labels]}}

    def _noted(self, place: Place, row: Document) -> Iterator[Problem]:
        """A warning for each column with values that are not texts, once."""
        columns = self.columns
        for column in (columns.instruction, columns.input, columns.output, columns.id):
            if column and column not in self.noted and has_scalar(value_at(row, column)):
                self.noted.add(column)
                message = f"`{column}` has numbers or truth values; their JSON is used as text."
                inner = place._replace(pointer=place.pointer + escape(column))
                yield Problem(inner, "assumed", message, refuses=False)

    def _foreign(self, place: Place, row: Document) -> ForeignRow:
        columns = self.columns
        instruction = self._text(row, columns.instruction)
        outputs = self._outputs(row)
        if columns.input and not instruction and value_at(row, columns.input) is None:
            message = f"has no `{columns.input}`. Add it, or remove the row."
            raise CellError(columns.input, message)
        instance: Document = {"input": self._text(row, columns.input), "output": outputs}
        if (name := self._text(row, columns.id)).strip():
            instance["id"] = name
        used = columns.used() | {COLUMN}
        others = {key: value for key, value in row.items() if key not in used}
        if others := {key: value for key, value in others.items() if value not in self.table.empty}:
            instance["extras"] = {self.table.format: others}
        column = {}
        if columns.task or COLUMN in self.table.names:
            task = self._text(row, columns.task or "task").strip()
            if task:
                column = {"task": self.names.of(task, task)}
                instruction = instruction or self.options.instruction or GENERIC_DEFINITION
                if not any(text.strip() for text in outputs):
                    message = "has no output. Write the answer, or remove the row."
                    raise CellError(columns.output, message, "missing-answer")
        return ForeignRow(place=place, instruction=instruction, instance=instance, column=column)

    def _own(self, place: Place, row: Document) -> ForeignRow:
        """A row that taskschema wrote, with the rest of the instance in its column."""
        column = read_column(row)
        if "task" not in column or "id" not in column:
            message = (
                f"`{COLUMN}` does not name a task and an instance. Fix the cell, or empty it to "
                "read the row by its other columns."
            )
            raise CellError(COLUMN, message)
        for key, cell in (("id", self.columns.id), ("task", self.columns.task or "task")):
            if text := self._text(row, cell):
                column[key] = text
        self.own_tasks.add(column["task"])
        instance: Document = {
            "input": self._text(row, self.columns.input),
            "output": self._outputs(row),
        }
        known = {*OWN_COLUMNS, *self.columns.used()}
        others = {
            key: row[key] for key in row if key not in known and row[key] not in self.table.empty
        }
        if others:
            instance["extras"] = {column.get("columns", self.table.format): others}
        instruction = self._text(row, self.columns.instruction)
        return ForeignRow(place=place, instruction=instruction, instance=instance, column=column)

    def _outputs(self, row: Document) -> list[str]:
        column = self.columns.output
        value = value_at(row, column)
        parts = value if isinstance(value, list) else [value]
        parts = [part for part in parts if part is not None] or [""]
        return [as_text(part, column, "a text or a list of texts") for part in parts]

    def _text(self, row: Document, column: str) -> str:
        return as_text(value_at(row, column), column, "a text") if column else ""

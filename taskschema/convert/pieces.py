"""What reading and writing pass on: tasks, files beside them, chunks of bytes, problems, counts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from taskschema.core.findings import Finding

__all__ = [
    "CompanionFile",
    "Chunk",
    "SourceCounts",
    "Document",
    "ColumnExamples",
    "Piece",
    "Place",
    "Problem",
    "tasks_in",
]

Document: TypeAlias = dict[str, Any]
"""A task as JSON has it, in the newest version."""


class Place(NamedTuple):
    """Where something stands in a source."""

    path: Path
    line: int = 1
    """1-based."""
    column: int = 1
    """1-based, in code points."""
    pointer: str = ""
    """RFC 6901, in a JSON document; elsewhere whatever names the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionSource:
    """What is read: one file, or a folder where the format takes one."""

    path: Path
    """Where it can be opened."""
    label: Path
    """What findings call it; `-` for the standard input."""
    name: str
    """Its name without folders and suffix; may be any text."""

    def place(self, line: int = 1, column: int = 1, pointer: str = "") -> Place:
        """A place in it."""
        return Place(self.label, line, column, pointer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What a source begins with, for telling its format."""

    path: Path
    names: tuple[str, ...] = ()
    """Of a folder: the files in and below it, relative and with slashes; at most some hundred."""
    suffix: str = ""
    """In lower case, with its dot."""
    head: str = ""
    """Of a file: its first 64 KiB as text; what is no UTF-8 is replaced."""
    rows: tuple[Any, ...] = ()
    """Of a file of JSON: its first rows; of one object that object."""

    def has(self, *keys: str) -> bool:
        """Whether most of the rows are objects with these keys; a few may be broken."""
        having = [row for row in self.rows if isinstance(row, dict) and row.keys() >= set(keys)]
        return 2 * len(having) > len(self.rows)


class Problem(NamedTuple):
    """Something to tell about a place."""

    place: Place
    rule: str
    """The name of a rule on conversions, such as `unreadable-row`."""
    message: str
    """What is there, what is allowed, how to mend it."""
    refuses: bool = True
    """Whether the row or task at the place was left out; if not, this is only to be known."""


class SourceCounts(NamedTuple):
    """Rows of the source, as they are counted; a format whose rows are instances needs none."""

    read: int = 0
    """All of them."""
    merged: int = 0
    """Those that became part of the instance of an earlier row."""
    refused: int = 0
    """Those that a problem was told of, and that are in no task; a task whose rows were not even
    looked for counts as one."""


class CompanionFile(NamedTuple):
    """A file that belongs to the tasks: an attachment, a list of a split."""

    path: str
    """Relative to the folder of tasks, with slashes; never out of it."""
    data: bytes | Path
    """Its bytes, or the file that holds them."""


class Chunk(NamedTuple):
    """The next bytes of a file; those of one file follow each other."""

    path: str
    """Relative to the target, with slashes; empty where the format writes a single file."""
    data: bytes


class ColumnExamples(NamedTuple):
    """The columns of a table that cannot be told apart, for whoever is to say what they hold."""

    examples: Mapping[str, Any]
    """By name, the first cell that says anything."""


Piece: TypeAlias = Document | CompanionFile | Problem | Finding | SourceCounts | ColumnExamples
"""What reading gives; a finding is what the gate says of a task file that cannot be read."""


def tasks_in(items: Iterable[Document | CompanionFile]) -> Iterator[Document]:
    """Only the tasks, for a format that does not write the files that go along with them."""
    return (item for item in items if not isinstance(item, CompanionFile))

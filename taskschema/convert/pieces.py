"""The values that formats read and write: sources, tasks, companion files, problems, counts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from taskschema.core.findings import Finding

__all__ = [
    "Chunk",
    "ColumnExamples",
    "CompanionFile",
    "ConversionSource",
    "Document",
    "Item",
    "Piece",
    "Place",
    "Problem",
    "Sample",
    "SourceCounts",
    "tasks_in",
]

Document: TypeAlias = dict[str, Any]
"""A task as JSON, in the newest version of the schema; or a part of one."""


class Place(NamedTuple):
    """A place in a source."""

    path: Path
    line: int = 1
    """1-based."""
    column: int = 1
    """1-based, in code points."""
    pointer: str = ""
    """RFC 6901 in a JSON document; elsewhere any text that names the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionSource:
    """One file to read, or a folder if the format reads folders."""

    path: Path
    """The path to open."""
    label: Path
    """The path to show in findings; `-` for standard input."""
    name: str
    """The name without folders and suffix; may be any text."""

    def place(self, line: int = 1, column: int = 1, pointer: str = "") -> Place:
        """Return a place in it."""
        return Place(self.label, line, column, pointer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The start of a source, from which its format is detected."""

    path: Path
    names: tuple[str, ...] = ()
    """Of a folder: the first few hundred files in and below it, relative and with slashes."""
    suffix: str = ""
    """In lower case, with its dot."""
    head: str = ""
    """Of a file: its first 64 KiB as text; bytes that are not UTF-8 are replaced."""
    rows: tuple[Any, ...] = ()
    """Of a JSON file: its first rows, without broken ones; of a single object that object."""
    fault: str = ""
    """Of a JSON file: the first error among these rows, with its line."""

    def has(self, *keys: str) -> bool:
        """Whether most of the rows are objects with these keys; a few may be broken."""
        having = [row for row in self.rows if isinstance(row, dict) and row.keys() >= set(keys)]
        return 2 * len(having) > len(self.rows)


class Problem(NamedTuple):
    """A problem at a place in a source."""

    place: Place
    rule: str
    """The name of a conversion rule, such as `unreadable-row`."""
    message: str
    """What is wrong, what is allowed, and how to fix it."""
    refuses: bool = True
    """Whether the row or task at the place is skipped; if not, this is a warning."""


class SourceCounts(NamedTuple):
    """Numbers of rows of the source; not needed by a format whose rows are the instances."""

    read: int = 0
    """All rows."""
    merged: int = 0
    """Rows that became part of the instance of an earlier row."""
    refused: int = 0
    """Rows with a problem that are in no task; a task whose rows were not read counts as one."""


class CompanionFile(NamedTuple):
    """A file that belongs to the tasks, such as an attachment or a split list."""

    path: str
    """Relative to the folder of the tasks and inside it, with slashes."""
    data: bytes | Path
    """Its bytes, or the file that holds them."""


class Chunk(NamedTuple):
    """The next bytes of a file; chunks of one file follow each other."""

    path: str
    """Relative to the target, with slashes; empty if the format writes a single file."""
    data: bytes


class ColumnExamples(NamedTuple):
    """The columns of a table whose roles are unclear, so that the user can choose them."""

    examples: Mapping[str, Any]
    """By name of the column, its first cell that is not empty."""


Item: TypeAlias = Document | CompanionFile
"""What a format writes: tasks, and files that belong to them."""

Piece: TypeAlias = Document | CompanionFile | Problem | Finding | SourceCounts | ColumnExamples
"""What a format reads; a finding comes from the check of a task file that cannot be read."""


def tasks_in(items: Iterable[Item]) -> Iterator[Document]:
    """Yield the tasks only, for a format that does not write companion files."""
    return (item for item in items if not isinstance(item, CompanionFile))

"""What reading and writing pass on: tasks, files beside them, chunks of bytes, problems, counts."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from taskschema.core.findings import Finding

__all__ = [
    "Beside",
    "Chunk",
    "Counted",
    "Document",
    "Glance",
    "Piece",
    "Place",
    "Problem",
    "documents",
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


class Problem(NamedTuple):
    """Something to tell about a place."""

    place: Place
    rule: str
    """The name of a rule on conversions, such as `unreadable-row`."""
    message: str
    """What is there, what is allowed, how to mend it."""
    refuses: bool = True
    """Whether the row or task at the place was left out; if not, this is only to be known."""


class Counted(NamedTuple):
    """Rows of the source, as they are counted; a format whose rows are instances needs none."""

    read: int = 0
    """All of them."""
    merged: int = 0
    """Those that became part of the instance of an earlier row."""
    refused: int = 0
    """Those that a problem was told of, and that are in no task; a task whose rows were not even
    looked for counts as one."""


class Beside(NamedTuple):
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


class Glance(NamedTuple):
    """The columns of a table that cannot be told apart, for whoever is to say what they hold."""

    examples: Mapping[str, Any]
    """By name, the first cell that says anything."""


Piece: TypeAlias = Document | Beside | Problem | Finding | Counted | Glance
"""What reading gives; a finding is what the gate says of a task file that cannot be read."""


def documents(items: Iterable[Document | Beside]) -> Iterator[Document]:
    """Only the tasks, for a format that does not write the files that go along with them."""
    return (item for item in items if not isinstance(item, Beside))

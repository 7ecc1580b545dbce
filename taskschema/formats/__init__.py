"""One foreign format, one file: how to tell it, how to read it into tasks, how to write it.

Reading and writing are generators. What is read comes out piece by piece: tasks (documents of the
newest version), files that go along with them, problems with their places, and counts. What is
written comes out as chunks of bytes for named files. Nothing is held but one task at a time.

The law: what `write` makes of a task, `read` gives back as it was, but for what `loses` names.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from taskschema.findings import Finding
from taskschema.settings import Setting

__all__ = [
    "Beside",
    "Chunk",
    "Counted",
    "Document",
    "Format",
    "Glance",
    "Loss",
    "Options",
    "Piece",
    "Place",
    "Problem",
    "Sample",
    "Setting",
    "Source",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a person may say about a conversion; each format reads those that concern it."""

    name: str | None = None
    """Of the task, or how the names of several begin; by default as the source is named."""
    group: Literal["collection", "instruction"] = "collection"
    """What loose instructions become: one task, or one for each distinct instruction."""
    merge: bool = True
    """Whether rows with equal inputs become one instance with several outputs."""
    instruction: str | None = None
    """The definition for rows that have none."""
    instruction_column: str | None = None
    input_column: str | None = None
    output_column: str | None = None
    id_column: str | None = None
    data: Path | None = None
    """The rows that templates are applied to, or what questions refer to."""
    seed: int = 0
    size: int = 100
    """Instances to generate."""
    configuration: Mapping[str, Any] = field(default_factory=dict)
    """What else a format takes, by its `settings`."""
    license: str | None = None
    """In words, for tasks that name none."""
    bare: bool = False
    """Whether rows are written without the column `taskschema`, which carries what they lack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
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


class Loss(NamedTuple):
    """What a format has no place for."""

    what: str
    """In words, such as "all outputs but the first"."""
    when: Callable[[Any], bool] = lambda _value: True
    """Given the value at the pointer, whether it is hurt; by default always."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How to tell, read and write one format; what is None it does not do."""

    title: str
    """What it is, for people: "Alpaca rows (instruction, input, output)"."""
    sniff: Callable[[Sample], bool] | None = None
    """Whether a source is surely of this format; of a fixture, exactly one format says so."""
    read: Callable[[Source, Options], Iterator[Piece]] | None = None
    write: (
        Callable[[Iterable[Document | Beside], Options], Iterator[Chunk | Problem | Counted]] | None
    ) = None
    """A problem without a pointer leaves out the task that was taken last; of instances that are
    left out, what is counted says how many were refused."""
    loses: Mapping[str, Loss] = field(default_factory=dict)
    """By pointer into the task: `*` stands for any token and `+` for any index but 0; the pointer
    of a whole stands for all in it."""
    takes: frozenset[str] = frozenset()
    """The options that it heeds and most formats do not, as `Options` names them."""
    settings: Mapping[str, Setting] | None = field(default_factory=dict)
    """What it takes in `--config`; None where it takes anything and judges it itself."""
    suffix: str = ""
    """Of the single file that it writes; empty for a format that writes a folder."""
    reads: Literal["file", "folder", "name"] = "file"
    """What `read` is given: a file, of a folder each in turn; a file or a folder as it is; or a
    name that is no path."""
    keeps_files: bool = False
    """Whether it writes the files that go along with tasks."""
    gives_way: bool = False
    """Whether any other format that says a source is its own comes before this one."""
    is_native: bool = False
    """Whether reading it is no conversion."""
    modules: tuple[str, ...] = ()
    """What must be importable."""
    extra: str = ""
    """The extra of taskschema that installs it."""


def documents(items: Iterable[Document | Beside]) -> Iterator[Document]:
    """Only the tasks, for a format that does not write the files that go along with them."""
    return (item for item in items if not isinstance(item, Beside))

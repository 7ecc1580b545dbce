"""One foreign format, one file: how to tell it, how to read it into tasks, how to write it.

Reading and writing are generators. What is read comes out piece by piece: tasks (documents of the
newest version), files that go along with them, problems with their places, and counts. What is
written comes out as chunks of bytes for named files. Nothing is held but one task at a time.

The law: what `write` makes of a task, `read` gives back as it was, but for what `loses` names.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from taskschema.convert.pieces import (
    Chunk,
    CompanionFile,
    ConversionSource,
    Document,
    Piece,
    Problem,
    Sample,
    SourceCounts,
)
from taskschema.core.plugin_settings import Setting
from taskschema.core.plugins import Family

__all__ = ["FORMATS", "ConvertOptions", "Format", "Loss"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertOptions:
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
    read: Callable[[ConversionSource, ConvertOptions], Iterator[Piece]] | None = None
    write: (
        Callable[
            [Iterable[Document | CompanionFile], ConvertOptions],
            Iterator[Chunk | Problem | SourceCounts],
        ]
        | None
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


FORMATS: Family[Format] = Family("taskschema.convert.formats", "FORMAT")

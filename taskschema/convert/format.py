"""The declaration of a foreign format: how to detect, read and write it.

Reading and writing are generators, so that only one task is in memory at a time. Reading yields
tasks (documents of the newest schema version), companion files, problems with their places, and
counts. Writing yields chunks of bytes for named files.

Tested for every format: `read` gives back what `write` wrote, except for what `loses` declares.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from taskschema.convert.pieces import (
    Chunk,
    ConversionSource,
    Item,
    Piece,
    Problem,
    Sample,
    SourceCounts,
)
from taskschema.core.errors import SourceError
from taskschema.core.plugin_settings import Setting
from taskschema.core.plugins import Family
from taskschema.core.text.near_misses import near_misses

__all__ = [
    "FORMATS",
    "ConvertOptions",
    "Format",
    "Loss",
    "ReadFunction",
    "WriteFunction",
    "find_format",
    "require_modules",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertOptions:
    """The options of all formats; each format uses those that concern it."""

    name: str | None = None
    """Name of the task, or prefix of the names of several; by default the source's name."""
    group: Literal["collection", "instruction"] = "collection"
    """How loose rows are grouped: into one task, or one for each distinct instruction."""
    merge: bool = True
    """Whether rows with equal inputs become one instance with several outputs."""
    instruction: str | None = None
    """The definition for rows without an instruction."""
    instruction_column: str | None = None
    input_column: str | None = None
    output_column: str | None = None
    id_column: str | None = None
    data: Path | None = None
    """The rows that templates are applied to, or the contexts of questions."""
    seed: int = 0
    size: int = 100
    """Number of instances to generate."""
    configuration: Mapping[str, Any] = field(default_factory=dict)
    """Further settings, by the names in the formats' `settings`."""
    license: str | None = None
    """License for tasks without one, in words."""
    bare: bool = False
    """Whether rows are written without the column `taskschema`, the rest of their task."""


class Loss(NamedTuple):
    """Something that a format has no place for."""

    what: str
    """In words, such as "all outputs but the first"."""
    when: Callable[[Any], bool] = lambda _value: True
    """Whether a value at the pointer loses something; by default always."""


ReadFunction: TypeAlias = Callable[[ConversionSource, ConvertOptions], Iterator[Piece]]
"""Reads a source."""
WriteFunction: TypeAlias = Callable[
    [Iterable[Item], ConvertOptions], Iterator[Chunk | Problem | SourceCounts]
]
"""Writes tasks. A refusing problem without a pointer drops the task that was taken last; counts
give the number of single instances that are refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How to detect, read and write one format; a function that is None is not supported."""

    title: str
    """A title for people: "Alpaca rows (instruction, input, output)"."""
    sniff: Callable[[Sample], bool] | None = None
    """Whether a sample is certainly of this format; of each fixture, one format at most says so."""
    read: ReadFunction | None = None
    write: WriteFunction | None = None
    loses: Mapping[str, Loss] = field(default_factory=dict)
    """What it has no place for, by pointer into the task: `*` matches any token and `+` any index
    but 0; a pointer covers everything below it."""
    takes: frozenset[str] = frozenset()
    """Fields of `ConvertOptions` that it uses and most formats do not."""
    settings: Mapping[str, Setting] | None = field(default_factory=dict)
    """The keys that it takes in `--config`; None if it takes any and checks them itself."""
    suffix: str = ""
    """The suffix of the single file that it writes; empty for a format that writes a folder."""
    reads: Literal["file", "folder", "name"] = "file"
    """What `read` gets: a file, and each file of a folder in turn; a file or a folder as a whole;
    or a name that is not a path."""
    keeps_files: bool = False
    """Whether it writes companion files."""
    is_fallback: bool = False
    """Whether any other format that recognizes a source is used instead."""
    is_native: bool = False
    """Whether its tasks are those of this schema, so that reading them adds no provenance."""
    modules: tuple[str, ...] = ()
    """Modules that must be installed."""
    extra: str = ""
    """The extra of taskschema that installs them."""


FORMATS: Family[Format] = Family("taskschema.convert.formats", "FORMAT")


def find_format(name: str) -> tuple[str, Format]:
    """Return the name and the format of a name, which may be spelled with hyphens.

    Raises:
        SourceError: there is none; the message names near misses.
    """
    known = FORMATS.names()
    key = name.lower().replace("-", "_")
    if key not in known:
        close = near_misses(key, known)
        hint = f"Did you mean {' or '.join(close)}?" if close else "`taskschema formats` lists all."
        raise SourceError(f"there is no format {name!r}. {hint}")
    return key, FORMATS.load(key)


def require_modules(name: str, format_: Format) -> None:
    """Raise SourceError if a format needs a module that is not installed."""
    for module in format_.modules:
        if find_spec(module) is None:
            install = f'pip install "taskschema[{format_.extra}]"'
            raise SourceError(f"{name} needs {module}. Install it: {install}")

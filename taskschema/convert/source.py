"""The source of a conversion, and the sample that its format is detected from."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskschema.convert.pieces import Place

__all__ = ["ConversionSource", "Sample"]


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

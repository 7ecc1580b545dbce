"""A task laid out for a reader: what there is to say of it, apart from how it is written.

A sheet is made of a task by `overview`, `rows` and `records`, and written by `text` or `markdown`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

__all__ = ["Sheet", "SheetEntry", "SheetPassage", "SheetSection", "shortened"]


class SheetPassage(NamedTuple):
    """One text of a task as it stands there, with a word of ours on what it is."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """Texts that belong together, such as those of one instance."""

    title: str
    """Such as a number or the id; may come from the task."""
    passages: Sequence[SheetPassage]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSection:
    """Part of a sheet."""

    title: str
    note: str = ""
    """A sentence of ours on what it holds."""
    facts: Sequence[SheetPassage] = ()
    """What takes a line each."""
    entries: Sequence[SheetEntry] = ()
    folded: bool = False
    """Whether a page may hide it at first."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is told of a task."""

    title: str
    """The name of the task."""
    facts: Sequence[SheetPassage]
    sections: Sequence[SheetSection]

    def shortened(self, most: int) -> "Sheet":
        """The same with no text longer than so many characters."""
        return replace(self, sections=[shortened(one, most) for one in self.sections])


def shortened(section: SheetSection, most: int) -> SheetSection:
    """The section with no text longer than so many characters, and what is left out told."""
    entries = [
        SheetEntry(
            entry.title, [SheetPassage(label, _cut(text, most)) for label, text in entry.passages]
        )
        for entry in section.entries
    ]
    return replace(section, entries=entries)


def _cut(text: str, most: int) -> str:
    rest = len(text) - most
    return text if rest <= 0 else f"{text[:most]}... ({rest:,} more characters)"

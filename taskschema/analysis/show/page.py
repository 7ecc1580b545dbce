"""A page about a task: values that `task_page` and `view_page` make and renderers write."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

__all__ = ["LabeledText", "PageEntry", "PageSection", "TaskPage", "shortened"]


class LabeledText(NamedTuple):
    """A text of a task with a label."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PageEntry:
    """Texts that belong together, such as those of one instance."""

    title: str
    """A number or an id, which may come from the task."""
    texts: Sequence[LabeledText]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSection:
    """A section of a page."""

    title: str
    note: str = ""
    """A sentence below the title."""
    facts: Sequence[LabeledText] = ()
    """Short texts, one line each."""
    entries: Sequence[PageEntry] = ()
    folded: bool = False
    """Whether a renderer may fold the section."""


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A page about a task or one of its instances."""

    title: str
    """The name of the task."""
    facts: Sequence[LabeledText]
    sections: Sequence[PageSection]

    def shortened(self, most: int) -> "TaskPage":
        """Return the page with every text cut at that many characters."""
        return replace(self, sections=[shortened(one, most) for one in self.sections])


def shortened(section: PageSection, most: int) -> PageSection:
    """Return the section with every text cut at that many characters; cuts are marked."""
    entries = [
        PageEntry(
            entry.title, [LabeledText(label, _cut(text, most)) for label, text in entry.texts]
        )
        for entry in section.entries
    ]
    return replace(section, entries=entries)


def _cut(text: str, most: int) -> str:
    rest = len(text) - most
    return text if rest <= 0 else f"{text[:most]}... ({rest:,} more characters)"

"""Renders a page as text for a terminal."""

from collections.abc import Iterator, Sequence

from taskschema.analysis.show.page import LabeledText, PageEntry, PageSection, TaskPage
from taskschema.core.text.printing import printable
from taskschema.core.text.wrapping import columns, wrap

__all__ = ["render"]

BOLD, RESET = "\x1b[1m", "\x1b[0m"
GAP = "  "
NARROWEST = 40  # columns; a narrower terminal wraps lines itself


def render(page: TaskPage, *, width: int = 100, coloured: bool = False) -> str:
    """Return the page wrapped to a width in columns, with bold headings if `coloured`."""
    width = max(width, NARROWEST)
    parts = [[_heading(page.title, coloured=coloured), *_labeled_texts(page.facts, width, GAP)]]
    parts += [[*_section(section, width, coloured=coloured)] for section in page.sections]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _section(section: PageSection, width: int, *, coloured: bool) -> Iterator[str]:
    yield _heading(section.title, coloured=coloured)
    if section.note:
        yield from (GAP + line for line in wrap(section.note, width - len(GAP)))
    yield from _labeled_texts(section.facts, width, GAP)
    for entry in section.entries:
        yield from _entry(entry, width)


def _entry(entry: PageEntry, width: int) -> Iterator[str]:
    yield from (GAP + line for line in wrap(entry.title, width - len(GAP)))
    yield from _labeled_texts(entry.texts, width, 2 * GAP)


def _labeled_texts(texts: Sequence[LabeledText], width: int, indent: str) -> Iterator[str]:
    """Yield the texts in one column, to the right of their labels."""
    labels = [printable(label) for label, _ in texts]
    room = max(map(columns, labels), default=0)
    lead = indent + (" " * room + GAP if room else "")
    for label, (_, text) in zip(labels, texts, strict=True):
        first, *others = wrap(text, width - len(lead))
        beside = f"{label}{' ' * (room - columns(label))}{GAP}" if room else ""
        yield f"{indent}{beside}{first}".rstrip()
        yield from (f"{lead}{line}".rstrip() for line in others)


def _heading(text: str, *, coloured: bool) -> str:
    return f"{BOLD}{printable(text)}{RESET}" if coloured else printable(text)

"""A sheet as text for a terminal."""

from collections.abc import Iterator, Sequence

from taskschema.analysis.show import Sheet, SheetEntry, SheetPassage, SheetSection
from taskschema.core.text.printing import printable
from taskschema.core.text.wrapping import display_width, wrap

__all__ = ["render"]

BOLD, RESET = "\x1b[1m", "\x1b[0m"
GAP = "  "
NARROWEST = 40  # columns; a narrower terminal wraps by itself


def render(sheet: Sheet, *, width: int = 100, coloured: bool = False) -> str:
    """The sheet, wrapped to a width in columns; headings are bold where that is asked for."""
    width = max(width, NARROWEST)
    parts = [[_heading(sheet.title, coloured=coloured), *_passages(sheet.facts, width, GAP)]]
    parts += [[*_section(section, width, coloured=coloured)] for section in sheet.sections]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _section(section: SheetSection, width: int, *, coloured: bool) -> Iterator[str]:
    yield _heading(section.title, coloured=coloured)
    if section.note:
        yield from (GAP + line for line in wrap(section.note, width - len(GAP)))
    yield from _passages(section.facts, width, GAP)
    for entry in section.entries:
        yield from _entry(entry, width)


def _entry(entry: SheetEntry, width: int) -> Iterator[str]:
    yield from (GAP + line for line in wrap(entry.title, width - len(GAP)))
    yield from _passages(entry.passages, width, 2 * GAP)


def _passages(passages: Sequence[SheetPassage], width: int, indent: str) -> Iterator[str]:
    """Texts beside what they are, those of one sheet or entry below each other."""
    labels = [printable(label) for label, _ in passages]
    room = max(map(display_width, labels), default=0)
    lead = indent + (" " * room + GAP if room else "")
    for label, (_, text) in zip(labels, passages, strict=True):
        first, *others = wrap(text, width - len(lead))
        beside = f"{label}{' ' * (room - display_width(label))}{GAP}" if room else ""
        yield f"{indent}{beside}{first}".rstrip()
        yield from (f"{lead}{line}".rstrip() for line in others)


def _heading(text: str, *, coloured: bool) -> str:
    return f"{BOLD}{printable(text)}{RESET}" if coloured else printable(text)

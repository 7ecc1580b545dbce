"""Wraps text to a width in terminal cells, with control characters escaped."""

import re
from collections.abc import Iterator
from unicodedata import category, east_asian_width

from taskschema.core.text.printing import printable

__all__ = ["display_width", "wrap"]

PIECES = re.compile(r"\s+|\S+")
NARROWEST = 20  # cells; narrower text is unreadable
TAB = 4
JOINED = range(0x1160, 0x1200)  # Hangul vowels and finals, drawn into the preceding syllable


def display_width(text: str) -> int:
    """Return the width of a printable text in cells: 2 for wide, 0 for combining characters."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(mark: str) -> int:
    if category(mark) in ("Mn", "Me") or ord(mark) in JOINED:
        return 0
    return 2 if east_asian_width(mark) in ("W", "F") else 1


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of a text, wrapped between words to a width in cells.

    A word wider than a line is split anywhere. White space is kept, except where a line is
    wrapped; blank lines are kept. There is at least one line.
    """
    room = max(width, NARROWEST)
    whole = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    return [line for part in whole for line in _cut(printable(part.expandtabs(TAB)), room)]


def _cut(line: str, room: int) -> Iterator[str]:
    if display_width(line) <= room:
        yield line.rstrip()
        return
    shown = ""
    for piece in PIECES.findall(line):
        if display_width(shown) + display_width(piece) <= room:
            shown += piece
        elif piece.isspace():
            yield shown.rstrip()
            shown = ""
        else:
            if shown.strip():
                yield shown.rstrip()
                shown = ""
            *full, shown = _split_word(shown + piece, room)
            yield from full
    if shown.strip():
        yield shown.rstrip()


def _split_word(word: str, room: int) -> Iterator[str]:
    """Split a word into parts that fit."""
    part, taken = "", 0
    for mark in word:
        cells = display_width(mark)
        if taken + cells > room:
            yield part
            part, taken = "", 0
        part, taken = part + mark, taken + cells
    yield part

"""How wide a text stands in a terminal."""

from unicodedata import category, east_asian_width

__all__ = ["columns"]

JOINED = range(0x1160, 0x1200)  # vowels and finals of Hangul, drawn into the syllable before them


def columns(text: str) -> int:
    """The cells that a printable text takes up: 2 for a wide character, 0 for a combining one."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(mark: str) -> int:
    if category(mark) in ("Mn", "Me") or ord(mark) in JOINED:
        return 0
    return 2 if east_asian_width(mark) in ("W", "F") else 1

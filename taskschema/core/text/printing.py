"""Text as messages show it: quoted, counted, and with unprintable characters escaped."""

__all__ = ["is_encodable", "printable", "quote", "several"]

LONGEST_QUOTE = 60  # characters


def quote(text: str) -> str:
    """The text on one line and in quotation marks, cut where it is long."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= LONGEST_QUOTE else f'"{line[:LONGEST_QUOTE]}..."'


def several(count: int, noun: str) -> str:
    """The number with its noun: `1 file`, `2 files`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def printable(text: str) -> str:
    """The text with everything escaped that could break a line, hide or pass for something else."""
    if text.isprintable():
        return text
    return "".join(
        mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in text
    )


def is_encodable(text: str) -> bool:
    """Whether a text can be written as UTF-8; a file name from the system may not be."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

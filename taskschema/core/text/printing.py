"""Text for messages: quoted, counted, and with unprintable characters escaped."""

__all__ = ["is_encodable", "printable", "quote", "several"]

LONGEST_QUOTE = 60  # characters


def quote(text: str) -> str:
    """Return the text on one line in quotation marks, cut to 60 characters."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= LONGEST_QUOTE else f'"{line[:LONGEST_QUOTE]}..."'


def several(count: int, noun: str) -> str:
    """Return a number with its noun: `1 file`, `2 files`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def printable(text: str) -> str:
    """Return the text with line breaks, invisible and other unprintable characters escaped."""
    if text.isprintable():
        return text
    return "".join(
        mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in text
    )


def is_encodable(text: str) -> bool:
    """Return whether a text can be encoded as UTF-8; file names of the system may not be."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

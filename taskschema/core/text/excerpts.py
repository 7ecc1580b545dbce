"""Excerpts: the part of a line around an offset, short enough to show under a finding."""

from taskschema.core.text.printing import printable

__all__ = ["WIDEST", "excerpt"]

WIDEST = 120  # characters of an excerpt
LEAD = 40  # at most so many of them before the offset, if the line is cut


def excerpt(text: str, offset: int) -> tuple[str, int]:
    """Return the line around an offset, cut to `WIDEST`, and the place of the offset in it."""
    # A line that starts before this is cut in any case.
    furthest = max(0, offset - WIDEST - 1)
    start = text.rfind("\n", furthest, offset) + 1 or furthest
    end = text.find("\n", offset, offset + WIDEST + 1)
    before, after = "", ""
    if end < 0:
        end = min(len(text), offset + WIDEST)
        after = "..." if end < len(text) else ""
    if end - start > WIDEST:
        if offset - start > LEAD:
            start, before = offset - LEAD, "..."
        if end - start > WIDEST:
            end, after = start + WIDEST, "..."
    lead = before + _printable_line(text[start:offset])
    return lead + _printable_line(text[offset:end]) + after, len(lead)


def _printable_line(text: str) -> str:
    """Return a line without unprintable characters; a tab becomes one space: it is one column."""
    return printable(text.replace("\t", " ").removesuffix("\r"))

"""What a line says round a place, cut so that it can be shown under a finding."""

from taskschema.core.text.printing import printable

__all__ = ["WIDEST", "excerpt"]

WIDEST = 120  # characters of a line that are shown
LEAD = 40  # at most so many of them stand before the place


def excerpt(text: str, offset: int) -> tuple[str, int]:
    """The line round an offset, cut where it is long, and where in it the offset is."""
    # Further back than this, the line is too long in any case.
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
    lead = before + _shown(text[start:offset])
    return lead + _shown(text[offset:end]) + after, len(lead)


def _shown(text: str) -> str:
    """What can be printed of a line; a tab takes one column, as it counts for one."""
    return printable(text.replace("\t", " ").removesuffix("\r"))

"""Short lists of names for messages."""

from collections.abc import Iterable, Sequence

__all__ = ["first_few", "first_labels", "in_backticks"]

MOST_ITEMS = 3
MOST_LABELS = 10


def first_few(items: Sequence[str]) -> str:
    """Return the first items and the number of the others: `a, b, c and 2 more`."""
    shown = ", ".join(items[:MOST_ITEMS])
    remaining = len(items) - MOST_ITEMS
    return f"{shown} and {remaining:,} more" if remaining > 0 else shown


def first_labels(labels: Sequence[str]) -> str:
    """Return the first labels in backticks, followed by `...` if there are others."""
    shown = ", ".join(in_backticks(labels[:MOST_LABELS]))
    return f"{shown}, ..." if len(labels) > MOST_LABELS else shown


def in_backticks(names: Iterable[str]) -> list[str]:
    """Return each name in backticks."""
    return [f"`{name}`" for name in names]

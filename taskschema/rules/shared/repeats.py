"""Violations for repeated items of a short list."""

from collections.abc import Iterator, Sequence

from taskschema.core.findings import Edit
from taskschema.core.text.printing import quote
from taskschema.rules.rule import Violation

__all__ = ["repeats"]


def repeats(list_pointer: str, items: Sequence[str]) -> Iterator[Violation]:
    """Yield a violation, with its fix, for each item that repeats an earlier one of the list."""
    seen: set[str] = set()
    for index, item in enumerate(items):
        if item in seen:
            pointer = f"{list_pointer}/{index}"
            message = f"{quote(item)} is listed twice. Remove one."
            yield Violation(pointer, message, edits=(Edit("remove", pointer),))
        seen.add(item)

"""What the rules on short lists share: the items that stand there a second time."""

from collections.abc import Iterator, Sequence

from taskschema.core.findings import Edit
from taskschema.core.text.printing import quote
from taskschema.rules.rule import Violation

__all__ = ["repeats"]


def repeats(above: str, items: Sequence[str]) -> Iterator[Violation]:
    """A violation for each item that stands earlier in the list at a pointer; removing mends it."""
    seen: set[str] = set()
    for index, item in enumerate(items):
        if item in seen:
            pointer = f"{above}/{index}"
            message = f"{quote(item)} is listed again. Remove it."
            yield Violation(pointer, message, edits=(Edit("remove", pointer),))
        seen.add(item)

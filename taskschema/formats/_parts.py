"""Tasks that would be too large for one file, in parts of a size that editors and hosts like."""

from collections.abc import Iterable, Iterator

from taskschema.formats import Document
from taskschema.slugs import LONGEST

__all__ = ["PART_CHARACTERS", "PART_ROWS", "named", "numbered", "parts"]

PART_CHARACTERS, PART_ROWS = 8_000_000, 25_000
DIGITS = 5


def parts(instances: Iterable[Document]) -> Iterator[list[Document]]:
    """The instances in lists of at most so many rows and about so many characters."""
    part: list[Document] = []
    size = 0
    for instance in instances:
        if part and (len(part) >= PART_ROWS or size >= PART_CHARACTERS):
            yield part
            part, size = [], 0
        part.append(instance)
        size += len(instance["input"])
    if part:
        yield part


def named(name: str, several: Iterable[list[Document]]) -> Iterator[tuple[str, list[Document]]]:
    """Each part with its name: that of the whole if there is only one, else with a number."""
    number, waiting = 0, None
    for part in several:
        if waiting is not None:
            number += 1
            yield numbered(name, number), waiting
        waiting = part
    if waiting is not None:
        yield (numbered(name, number + 1) if number else name), waiting


def numbered(name: str, number: int) -> str:
    """The name of one of several parts, counted from 1."""
    return f"{name[: LONGEST - DIGITS - 1].rstrip('._-')}-{number:0{DIGITS}}"

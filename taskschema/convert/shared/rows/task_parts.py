"""Splits a large task into parts of a size that editors and hosts can handle."""

from collections.abc import Iterable, Iterator

import orjson

from taskschema.convert.pieces import Document
from taskschema.core.text.slugs import LONGEST

__all__ = ["PART_ROWS", "PART_SIZE", "in_parts", "named_parts", "part_name"]

PART_SIZE, PART_ROWS = 8_000_000, 25_000  # the size in characters or bytes, roughly
REFERENCE = 300  # bytes, roughly, of the declaration of an attachment in a task
DIGITS = 5


def in_parts(instances: Iterable[Document]) -> Iterator[list[Document]]:
    """Yield the instances in lists of at most PART_ROWS rows and roughly PART_SIZE bytes."""
    part: list[Document] = []
    attached: set[str] = set()
    size = 0
    for instance in instances:
        if part and (len(part) >= PART_ROWS or size + REFERENCE * len(attached) >= PART_SIZE):
            yield part
            part, attached, size = [], set(), 0
        part.append(instance)
        attached.update(instance.get("attachments", ()))
        size += len(orjson.dumps(instance))
    if part:
        yield part


def named_parts(
    name: str, several: Iterable[list[Document]]
) -> Iterator[tuple[str, list[Document]]]:
    """Yield each part with its name; the names of several parts end with a number."""
    number, waiting = 0, None
    for part in several:
        if waiting is not None:
            number += 1
            yield part_name(name, number), waiting
        waiting = part
    if waiting is not None:
        yield (part_name(name, number + 1) if number else name), waiting


def part_name(name: str, number: int) -> str:
    """Return the name of one of several parts, counted from 1."""
    return f"{name[: LONGEST - DIGITS - 1].rstrip('._-')}-{number:0{DIGITS}}"

"""TODO placeholders: texts in a draft that describe what to fill in."""

from collections.abc import Iterator, Sequence
from typing import Any

from taskschema.core.syntax.json_pointers import escape

__all__ = ["PREFIX", "find_placeholders", "placeholder"]

PREFIX = "TODO: fill in "
"""Long enough that no real text of a task starts with it."""


def placeholder(what: str) -> str:
    """Return the placeholder for something to fill in, such as "the definition"."""
    return PREFIX + what


def find_placeholders(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Yield pointer and text of all placeholders in a document or a part, except in `extras`."""
    if isinstance(value, str):
        if value.startswith(PREFIX):
            yield pointer, value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key != "extras":
                yield from find_placeholders(part, pointer + escape(key))
    elif isinstance(value, Sequence):  # instances need not be a list
        for index, part in enumerate(value):
            yield from find_placeholders(part, f"{pointer}/{index}")

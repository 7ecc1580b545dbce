"""Gaps in a draft: texts that say what belongs in their place, and that no finished task has."""

from collections.abc import Iterator, Sequence
from typing import Any

from taskschema.core.syntax.json_pointers import escape

__all__ = ["PREFIX", "find_placeholders", "placeholder"]

PREFIX = "TODO: fill in "
"""Long enough for no text of a task to begin so by chance."""


def placeholder(what: str) -> str:
    """The text that stands where something is to be filled in, such as "the definition"."""
    return PREFIX + what


def find_placeholders(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Pointer and text of every gap in a document or a part of it, but for `extras`."""
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

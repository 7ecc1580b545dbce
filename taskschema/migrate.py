"""Between schema versions, one step at a time, and pointers back to where the file has them."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from taskschema import plugins, schema
from taskschema.migrations import Document, Migration
from taskschema.places import escape, tokens

__all__ = ["downgrade", "pointer_in", "upgrade"]

PACKAGE = "taskschema.migrations"
# The name is the file's stem in every version, and the two others speak of the version itself.
ABOUT_THE_VERSION = frozenset({"$schema", "schema_version", "name"})


def upgrade(document: Document, *, name: str, version: int | None = None) -> Document:
    """The document in the newest version; it shares values with the old one, and changes none.

    Args:
        document: fits the schema of its version.
        name: the file's stem, which versions 1 and 2 do not carry themselves.
        version: the document's version, where it is known already.
    """
    current = version or schema.version_of(document) or schema.NEWEST
    for step in _steps():
        if current == step.older:
            document = step.upgrade(document, name)
            current += 1
    return document


def downgrade(document: Document, *, to: int) -> tuple[Document, tuple[str, ...]]:
    """A document of the newest version in an older one, and what that one has no word for.

    Args:
        document: fits the newest schema.
        to: the version wanted.

    Returns:
        The older document, and the losses as sorted pointers with `*` for any index: exactly what
        an upgrade of the result does not bring back.
    """
    older = document
    for step in reversed(_steps()):
        if step.older >= to:
            older = step.downgrade(older)
    if to == schema.NEWEST:
        return document, ()
    returned = upgrade(older, name=document["name"], version=to)
    return older, tuple(sorted(set(_missing(document, returned, ""))))


def pointer_in(version: int, pointer: str) -> str:
    """Where a pointer into the newest version leads in a document of an older one.

    What the older version has no place for leads to what holds it, in the end to the document.
    """
    for step in reversed(_steps()):
        if step.older >= version:
            pointer = _back(step, pointer)
    return pointer


@cache
def _steps() -> tuple[Migration, ...]:
    steps = plugins.load_all(PACKAGE).values()
    return tuple(sorted(steps, key=lambda step: step.older))


def _back(step: Migration, pointer: str) -> str:
    path = tokens(pointer)
    for size in range(len(path), 0, -1):
        head, rest = path[:size], path[size:]
        # An index is any token that the pattern leaves open; there are few tokens to a pointer.
        for pattern, place in step.places.items():
            indices = _matched(tokens(pattern), head)
            if indices is not None:
                for index in indices:
                    place = place.replace("*", index, 1)  # noqa: PLW2901 - filled in one by one
                return place + "".join(map(escape, rest))
    return ""


def _matched(pattern: tuple[str, ...], path: tuple[str, ...]) -> list[str] | None:
    """The tokens that a pattern's stars stand for, or None where it does not fit the path."""
    if len(pattern) != len(path):
        return None
    if any(want not in ("*", token) for want, token in zip(pattern, path, strict=True)):
        return None
    return [token for want, token in zip(pattern, path, strict=True) if want == "*"]


def _missing(value: Any, returned: Any, pointer: str) -> Iterator[str]:
    """Pointers of what stands in `value` and not so in `returned`."""
    if isinstance(value, dict) and isinstance(returned, dict):
        for key, part in value.items():
            if key in returned:
                yield from _missing(part, returned[key], pointer + escape(key))
            elif pointer or key not in ABOUT_THE_VERSION:
                yield pointer + escape(key)
    elif isinstance(value, list) and isinstance(returned, list) and len(value) == len(returned):
        for part, other in zip(value, returned, strict=True):
            yield from _missing(part, other, pointer + "/*")
    elif value != returned:
        yield pointer

"""Upgrades and downgrades documents step by step, and maps pointers back to older versions."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from taskschema.core.errors import VersionError
from taskschema.core.syntax.json_pointers import escape, tokens
from taskschema.schema import versions
from taskschema.schema.migration import MIGRATIONS, Document, Migration

__all__ = ["downgrade", "pointer_in", "upgrade"]

# These are known without the document: the name is the file's stem in every version.
KNOWN_OTHERWISE = frozenset({"schema_version", "name"})


def upgrade(document: Document, *, name: str, version: int | None = None) -> Document:
    """Return the document in the newest version; it shares values with the given one.

    Args:
        document: a valid document of its version; it is not modified.
        name: the file's stem, which documents of versions 1 and 2 do not contain.
        version: the document's version, if it is already known.

    Raises:
        VersionError: this release does not support the version of the document.
    """
    current = version or versions.version_of(document)
    if current not in versions.VERSIONS:
        raise VersionError(f"schema version {current} is not one of {_listed()}.")
    for step in _steps():
        if current == step.older:
            document = step.upgrade(document, name)
            current += 1
    return document


def downgrade(document: Document, *, to: int) -> tuple[Document, tuple[str, ...]]:
    """Return a document of the newest version in an older version, and the losses.

    Args:
        document: a valid document of the newest version.
        to: the requested version.

    Returns:
        The older document, and the losses as sorted pointers with `*` for any index: exactly the
        values that an upgrade of the result does not restore.

    Raises:
        VersionError: the document is not in the newest version, or `to` is not a known version.
    """
    if versions.version_of(document) != versions.NEWEST:
        raise VersionError("only a document of the newest version can be downgraded; upgrade it.")
    if to not in versions.VERSIONS:
        raise VersionError(f"schema version {to} is not one of {_listed()}.")
    older = document
    for step in reversed(_steps()):
        if step.older >= to:
            older = step.downgrade(older)
    if to == versions.NEWEST:
        return document, ()
    returned = upgrade(older, name=document["name"], version=to)
    return older, tuple(sorted(set(_missing(document, returned, ""))))


def pointer_in(version: int, pointer: str) -> str:
    """Map a pointer into the newest version to a document of an older version.

    A pointer without an equivalent maps to the nearest ancestor that has one, or to the document.
    """
    for step in reversed(_steps()):
        if step.older >= version:
            pointer = _back(step, pointer)
    return pointer


def _listed() -> str:
    return ", ".join(map(str, versions.VERSIONS))


@cache
def _steps() -> tuple[Migration, ...]:
    steps = MIGRATIONS.load_all().values()
    return tuple(sorted(steps, key=lambda step: step.older))


def _back(step: Migration, pointer: str) -> str:
    """Map a pointer by the longest matching pattern; the rest of the pointer stays."""
    path = tokens(pointer)
    for pattern, place in _patterns(step.older).get(path[0] if path else "", ()):
        if len(pattern) <= len(path) and all(
            want in ("*", token) for want, token in zip(pattern, path, strict=False)
        ):
            indices = (path[at] for at, want in enumerate(pattern) if want == "*")
            filled = (next(indices) if token == "*" else token for token in place)
            return "".join(map(escape, (*filled, *path[len(pattern) :])))
    return ""


Pattern = tuple[str, ...]


@cache
def _patterns(older: int) -> dict[str, list[tuple[Pattern, Pattern]]]:
    """Return the places of the step from a version, by first token, longest patterns first."""
    (step,) = (step for step in _steps() if step.older == older)
    patterns = [(tokens(newer), tokens(place)) for newer, place in step.places.items()]
    by_first: dict[str, list[tuple[Pattern, Pattern]]] = {}
    for pattern, place in sorted(patterns, key=lambda pair: -len(pair[0])):
        by_first.setdefault(pattern[0], []).append((pattern, place))
    return by_first


def _missing(value: Any, returned: Any, pointer: str) -> Iterator[str]:
    """Yield the pointers of all parts of `value` that are different or missing in `returned`."""
    if isinstance(value, dict) and isinstance(returned, dict):
        for key, part in value.items():
            if key in returned:
                yield from _missing(part, returned[key], pointer + escape(key))
            elif pointer or key not in KNOWN_OTHERWISE:
                yield pointer + escape(key)
    elif isinstance(value, list) and isinstance(returned, list) and len(value) == len(returned):
        for part, other in zip(value, returned, strict=True):
            yield from _missing(part, other, pointer + "/*")
    elif value != returned:
        yield pointer

"""Replaces the document in a task file with as few changed bytes as possible.

A canonical file stays canonical; any other file keeps its layout and the order of its keys.
"""

from collections.abc import Iterator
from typing import Any

from taskschema.collection.reading import Reading, read_bytes
from taskschema.core.findings import Edit
from taskschema.core.syntax.json_edits import edited
from taskschema.core.syntax.json_pointers import escape
from taskschema.schema import canonical, versions

__all__ = ["amended"]


def amended(reading: Reading, document: dict[str, Any]) -> Reading:
    """Return the reading of a file with another document; nothing is written.

    Args:
        reading: the reading of a file that fits its schema.
        document: the new document, in the version of the file.

    Returns:
        The new content in `raw`. It has no document if the new content does not fit the schema.

    Raises:
        ValueError: the reading has no document.
    """
    before, version = reading.document, reading.version
    if before is None or version is None:
        raise ValueError(f"{reading.path}: cannot be read")
    if versions.fits(document, version) and canonical.is_canonical(reading.raw, before, version):
        data = canonical.dumps(document, version)
    else:
        data = edited(reading.raw.decode(), _member_edits(before, document, "")).encode()
    again = read_bytes(reading.path, data)
    if again.document is not None and again.document != document:
        raise AssertionError(
            f"{reading.path}: the edited file would hold another document than requested"
        )
    return again


def _member_edits(before: dict[str, Any], after: dict[str, Any], pointer: str) -> Iterator[Edit]:
    for key, old in before.items():
        place = pointer + escape(key)
        if key not in after:
            yield Edit("remove", place)
        elif old != (new := after[key]) or type(old) is not type(new):
            yield from _value_edits(old, new, place)
    for key, new in after.items():
        if key not in before:
            yield Edit("add", pointer + escape(key), new)


def _value_edits(old: Any, new: Any, place: str) -> Iterator[Edit]:
    if isinstance(old, dict) and isinstance(new, dict) and old:
        yield from _member_edits(old, new, place)
    elif isinstance(old, list) and isinstance(new, list) and old and new[: len(old)] == old:
        yield from (Edit("add", f"{place}/-", item) for item in new[len(old) :])
    elif isinstance(old, list) and new and new == [item for item in old if item in new]:
        gone = (index for index, item in enumerate(old) if item not in new)
        yield from (Edit("remove", f"{place}/{index}") for index in gone)
    else:
        yield Edit("replace", place, new)

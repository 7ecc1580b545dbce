"""Adds ids to instances without one, in the text of the file; existing ids never change.

A file of the newest version without ids does not fit its schema yet. It is therefore parsed as
JSON: only the parts that an id is derived from must be valid. `check` reports all other errors.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from json import dumps
from json.decoder import scanstring  # type: ignore[attr-defined]  # the stubs lack it
from pathlib import Path
from typing import Any

from taskschema.collection.collection import Collection
from taskschema.collection.reading import ROWS, Reading
from taskschema.collection.scan import map_readings
from taskschema.core.findings import Edit, Finding
from taskschema.core.syntax import strict_json
from taskschema.core.syntax.json_edits import edited
from taskschema.core.syntax.json_pointers import after_space, escape, skip_value
from taskschema.schema import versions
from taskschema.schema.instance_ids import made_ids

__all__ = ["AddedIds", "add_ids"]

ID = "id"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedIds:
    """The new ids of one file."""

    path: Path
    data: bytes | None = None
    """The content of the file with the new ids; None if there are none."""
    made: tuple[tuple[str, str], ...] = ()
    """Pairs of the pointer of an instance and its new id."""
    refused: tuple[str, ...] = ()
    """Instances that cannot get an id yet: the pointer, the reason and how to fix it."""
    findings: tuple[Finding, ...] = ()
    """Findings of a file that cannot be parsed."""


def add_ids(collection: Collection) -> Iterator[AddedIds]:
    """Yield the new ids of every file, in order; nothing is written."""
    return map_readings(collection, _added_ids)


def _added_ids(reading: Reading) -> AddedIds:
    document, faults = strict_json.parse(reading.raw)
    version = versions.version_of(document) if isinstance(document, dict) else None
    if faults or version not in versions.VERSIONS:
        return AddedIds(path=reading.path, findings=reading.findings)
    if version not in ROWS:
        message = "instances have no ids in version 1. Run `taskschema migrate` first."
        return AddedIds(path=reading.path, refused=(message,))
    return _with_ids(reading.path, reading.raw.decode(), document, ROWS[version])


def _with_ids(path: Path, text: str, document: dict[str, Any], key: str) -> AddedIds:
    rows = document.get(key)
    if not isinstance(rows, list):
        message = f"{escape(key)}: is not a list. Write the instances as a list."
        return AddedIds(path=path, refused=(message,))
    lacking = [index for index, row in enumerate(rows) if not _has_id(row)]
    fit = [index for index in lacking if not _obstacle(rows[index])]
    refused = tuple(
        f"{escape(key)}/{index}: {_obstacle(rows[index])}" for index in lacking if index not in fit
    )
    name = document.get("name")
    taken = {row[ID] for row in rows if _has_id(row)}
    contents = [
        {part: row[part] for part in row if part != ID} for row in map(rows.__getitem__, fit)
    ]
    made = made_ids(name if isinstance(name, str) and name else path.stem, contents, taken)
    added = AddedIds(
        path=path,
        made=tuple((f"{escape(key)}/{index}", one) for index, one in zip(fit, made, strict=True)),
        refused=refused,
    )
    if not made:
        return added
    after = _edited(text, key, rows, dict(zip(fit, made, strict=True))).encode()
    expected = [*rows]
    for index, one in zip(fit, made, strict=True):
        expected[index] = rows[index] | {ID: one}
    if strict_json.parse(after) != (document | {key: expected}, []):
        # An edit that changes anything else is a bug: keep the file unchanged.
        message = "its layout is not supported. Run `taskschema fmt`, then this command again."
        return AddedIds(path=path, refused=(message,))
    return replace(added, data=after)


def _has_id(row: Any) -> bool:
    return isinstance(row, dict) and isinstance(row.get(ID), str) and bool(row[ID].strip())


def _obstacle(row: Any) -> str:
    """Return why an instance cannot get an id, or an empty string."""
    if not isinstance(row, dict):
        return "is not an object. Write it as an object with `input` and `output`."
    given = row.get(ID)
    if given is not None and not isinstance(given, str):
        return "has an `id` that is not a string. Put it in quotation marks."
    if not isinstance(row.get("input"), str):
        return "has no `input` string, from which its id is derived. Write the input first."
    return ""


def _edited(text: str, key: str, rows: Sequence[Any], made: dict[int, str]) -> str:
    """Return the text with the ids: as first key of each object, or in place of a blank id."""
    blank = [index for index in made if ID in rows[index]]
    text = edited(
        text, [Edit("replace", f"{escape(key)}/{index}/{ID}", made[index]) for index in blank]
    )
    parts, at = [], 0
    for index, start in enumerate(_starts(text, key)):
        if index in made and index not in blank:
            inside = after_space(text, start + 1)
            space = text[start + 1 : inside] or " "
            parts += [text[at:inside], f'"{ID}": {dumps(made[index])},{space}']
            at = inside
    return "".join([*parts, text[at:]])


def _starts(text: str, key: str) -> Iterator[int]:
    """Yield the offset of each item of the list at a key of the document."""
    at = after_space(text, after_space(text, 0) + 1)
    while text[at] == '"':
        token, at = scanstring(text, at + 1)
        at = after_space(text, after_space(text, at) + 1)
        if token == key:
            at = after_space(text, at + 1)
            while text[at] != "]":
                yield at
                at = after_space(text, skip_value(text, at)[1])
                if text[at] == ",":
                    at = after_space(text, at + 1)
            return
        at = after_space(text, skip_value(text, at)[1])
        if text[at] == ",":
            at = after_space(text, at + 1)

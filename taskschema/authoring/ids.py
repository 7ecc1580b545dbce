"""Instances without an id get one, in the text of their file; ids that are there never change.

A file of the newest version that lacks ids does not fit its schema yet. So it is taken as JSON: all
that has to be right is what an id is made of, and whatever else is wrong stays for `check`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from json import dumps
from json.decoder import scanstring  # type: ignore[attr-defined]  # the stubs lack it
from pathlib import Path
from typing import Any

from taskschema.collection.collection import Collection
from taskschema.collection.reading import ROWS, read
from taskschema.core.findings import Edit, Finding
from taskschema.core.syntax import strict_json
from taskschema.core.syntax.json_edits import edit_text
from taskschema.core.syntax.json_pointers import after_space, escape, skip_value
from taskschema.schema import versions
from taskschema.schema.instance_ids import make_ids

__all__ = ["Identified", "identify"]

ID = "id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """One file, and the ids that its instances lack."""

    path: Path
    data: bytes | None = None
    """What the file holds with them; None where it lacks none."""
    made: tuple[tuple[str, str], ...] = ()
    """Pointer of the instance and its new id."""
    refused: tuple[str, ...] = ()
    """What is wrong with instances that cannot have an id yet: pointer, what, cure."""
    findings: tuple[Finding, ...] = ()
    """Why nothing of the file can be read."""


def identify(collection: Collection) -> Iterator[Identified]:
    """What becomes of each file; none is written."""
    for path in collection.paths:
        reading = read(path, collection.config.root)
        document, faults = strict_json.parse(reading.raw)
        version = versions.version_of(document) if isinstance(document, dict) else None
        if faults or version not in versions.VERSIONS:
            yield Identified(path=path, findings=reading.findings)
        elif version not in ROWS:
            message = "version 1 has no ids of instances. Migrate it: `taskschema migrate`."
            yield Identified(path=path, refused=(message,))
        else:
            yield _identified(path, reading.raw.decode(), document, ROWS[version])


def _identified(path: Path, text: str, document: dict[str, Any], key: str) -> Identified:
    rows = document.get(key)
    if not isinstance(rows, list):
        return Identified(path=path, refused=(f"{escape(key)}: is no list of instances. Mend it.",))
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
    made = make_ids(name if isinstance(name, str) and name else path.stem, contents, taken)
    found = Identified(
        path=path,
        made=tuple((f"{escape(key)}/{index}", one) for index, one in zip(fit, made, strict=True)),
        refused=refused,
    )
    if not made:
        return found
    after = _written(text, key, rows, dict(zip(fit, made, strict=True))).encode()
    wanted = [*rows]
    for index, one in zip(fit, made, strict=True):
        wanted[index] = rows[index] | {ID: one}
    if strict_json.parse(after) != (document | {key: wanted}, []):
        # An edit that makes something else of the file than it says is a fault of ours: leave it.
        message = "its text is laid out as nobody expected. Run `taskschema fmt`, then this again."
        return Identified(path=path, refused=(message,))
    return replace(found, data=after)


def _has_id(row: Any) -> bool:
    return isinstance(row, dict) and isinstance(row.get(ID), str) and bool(row[ID].strip())


def _obstacle(row: Any) -> str:
    """Why an instance cannot be given an id."""
    if not isinstance(row, dict):
        return "is no object. Write it as one, with `input` and `output`."
    given = row.get(ID)
    if given is not None and not isinstance(given, str):
        return "has an `id` that is no text. Put it in quotation marks."
    if not isinstance(row.get("input"), str):
        return "has no `input` that is a text, which its id is made of. Write it first."
    return ""


def _written(text: str, key: str, rows: Sequence[Any], made: dict[int, str]) -> str:
    """The text with the ids in it: first in their objects, or where a blank one stands."""
    blank = [index for index in made if ID in rows[index]]
    text = edit_text(
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
    """Where each item of the list begins that a key of the document has."""
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

"""Fields of foreign rows: required texts, other fields, and types of JSON values."""

from typing import Any

from taskschema.convert.pieces import Document, Place, Problem
from taskschema.core.text.near_misses import near_misses

__all__ = ["fields_of", "json_type", "other_fields"]


def fields_of(
    place: Place, row: Document, needed: tuple[str, ...], optional: tuple[str, ...] = ()
) -> dict[str, str] | Problem:
    """Return the texts of a row by name, or the first problem with them.

    Optional fields may be absent or null, and are then empty.
    """
    texts = {}
    for name in (*needed, *optional):
        value = row.get(name, None if name in needed else "")
        if value is None and name in optional:
            value = ""
        if name not in row and name in needed:
            close = near_misses(name, [key for key in row if key not in needed])
            hint = f"It has `{close[0]}`; rename that." if close else "Add it."
            return Problem(place, "wrong-shape", f"has no `{name}`. {hint}")
        if not isinstance(value, str):
            inner = place._replace(pointer=f"{place.pointer}/{name}")
            message = f"`{name}` is {json_type(value)}, not a text. Write it as one."
            return Problem(inner, "wrong-shape", message)
        texts[name] = value
    return texts


def other_fields(row: Document, known: tuple[str, ...]) -> Document:
    """Return the fields of a row that are not in `known`, unchanged."""
    return {key: value for key, value in row.items() if key not in known}


def json_type(value: Any) -> str:
    """Return the type of a JSON value in words, such as "an object"."""
    names = {dict: "an object", list: "a list", str: "a text", bool: "a truth value"}
    if value is None:
        return "null"
    return names.get(type(value), "a number")

"""Fields of foreign rows: the texts they must have, and what else they hold."""

from typing import Any

from taskschema.convert.pieces import Document, Place, Problem
from taskschema.core.text.near_misses import near_misses

__all__ = ["fields_of", "json_type", "other_fields"]


def fields_of(
    place: Place, row: Document, needed: tuple[str, ...], optional: tuple[str, ...] = ()
) -> dict[str, str] | Problem:
    """The texts of a row by their names, or the first thing wrong with them.

    Optional ones may be absent or null, and are then empty.
    """
    texts = {}
    for name in (*needed, *optional):
        value = row.get(name, None if name in needed else "")
        if value is None and name in optional:
            value = ""
        if name not in row and name in needed:
            close = near_misses(name, [key for key in row if key not in needed])
            cure = f"It has `{close[0]}`; rename that." if close else "Add it."
            return Problem(place, "wrong-shape", f"has no `{name}`. {cure}")
        if not isinstance(value, str):
            inner = place._replace(pointer=f"{place.pointer}/{name}")
            message = f"`{name}` is {json_type(value)}, not a text. Write it as one."
            return Problem(inner, "wrong-shape", message)
        texts[name] = value
    return texts


def other_fields(row: Document, known: tuple[str, ...]) -> Document:
    """What else a row holds, as it stands."""
    return {key: value for key, value in row.items() if key not in known}


def json_type(value: Any) -> str:
    """What a JSON value is, with its article."""
    names = {dict: "an object", list: "a list", str: "a text", bool: "a truth value"}
    if value is None:
        return "null"
    return names.get(type(value), "a number")

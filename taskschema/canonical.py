"""The one way to write each schema version, so that a git diff of a task is a diff of its rows.

Version 3: two-space indent, keys in the order of the schema, and one instance and one
demonstration per line. Versions 1 and 2 keep the form in which Super-NaturalInstructions was
published: four-space indent, no final newline, keys as they stand.
"""

import json
from typing import Any

from taskschema.schema import NEWEST, load

__all__ = ["dumps"]

ROWS = frozenset({"instances", "positive_demonstrations", "negative_demonstrations"})


def dumps(document: dict[str, Any], version: int) -> bytes:
    """The canonical bytes (UTF-8, unescaped) of a document that fits its schema version."""
    if version < NEWEST:
        return json.dumps(document, indent=4, ensure_ascii=False).encode()
    members = ",\n".join(
        f"  {json.dumps(key, ensure_ascii=False)}: {_member(key, value)}"
        for key, value in _in_order(document, load(NEWEST)).items()
    )
    return f"{{\n{members}\n}}\n".encode()


def _member(key: str, value: Any) -> str:
    """The text of one top-level value; rows take a line each."""
    if key in ROWS and value:
        return "[\n    " + ",\n    ".join(map(_row, value)) + "\n  ]"
    # A JSON string never holds a line break, so every one here belongs to the layout.
    return json.dumps(value, indent=2, ensure_ascii=False).replace("\n", "\n  ")


_row = json.JSONEncoder(ensure_ascii=False).encode


def _in_order(value: Any, schema: dict[str, Any]) -> Any:
    """The same value with every object's keys in the order in which its schema lists them."""
    if reference := schema.get("$ref"):
        schema = load(NEWEST)["$defs"][reference.rpartition("/")[2]]
    if isinstance(value, list):
        # The one list whose schema depends on the task holds choices where it holds objects.
        items = schema.get("items", {"$ref": "#/$defs/Choice"})
        return [_in_order(item, items) for item in value]
    if not isinstance(value, dict):
        return value
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties")
    rank = {key: index for index, key in enumerate(properties)}
    ordered = {}
    for key in sorted(value, key=lambda key: rank.get(key, len(rank))):
        part = value[key]
        inner = properties.get(key, others)
        ordered[key] = _in_order(part, inner) if isinstance(inner, dict) else part
    return ordered

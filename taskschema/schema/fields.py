"""The fields of the newest schema, by their paths with dots: `answer_format.kind`."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import orjson

from taskschema.schema import published_files

__all__ = ["field", "fields", "inner"]

Node = dict[str, Any]
"""What the schema says of one field: its description, its type, an example."""


def fields() -> dict[str, Node]:
    """Every field by its path, those of an object before the object's neighbours."""
    return dict(_below(_newest(), ""))


def field(path: str) -> Node | None:
    """One field, also where objects are nested without end; None where there is none."""
    node = _newest()
    for key in path.split("."):
        node = inner(node).get(key, {})
        if not node:
            return None
    return node


def inner(node: Node) -> dict[str, Node]:
    """The fields of an object, of the items of a list, or of the values of a mapping."""
    for one in (node, node.get("items"), node.get("additionalProperties")):
        if isinstance(one, dict) and "$ref" in one:
            properties: dict[str, Node] = _newest()["$defs"][one["$ref"].rpartition("/")[2]][
                "properties"
            ]
            return properties
        if isinstance(one, dict) and "properties" in one:
            found: dict[str, Node] = one["properties"]
            return found
    return {}


@cache
def _newest() -> Node:
    version = published_files.versions()[-1]
    schema: Node = orjson.loads(published_files.read(f"task.v{version}.schema.json"))
    return schema


def _below(node: Node, prefix: str) -> Iterator[tuple[str, Node]]:
    for key, one in inner(node).items():
        yield prefix + key, one
        yield from _below(one, f"{prefix}{key}.")

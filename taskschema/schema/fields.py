"""Fields of the newest schema by dotted path, such as `answer_format.kind`."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import orjson

from taskschema.schema import published_files

__all__ = ["field", "fields", "inner"]

Node = dict[str, Any]
"""The schema of one field, with description, type and example."""


def fields() -> dict[str, Node]:
    """Return all fields by path; the fields of an object follow the object."""
    return dict(_below(_newest(), ""))


def field(path: str) -> Node | None:
    """Return one field, also of recursive objects; None if it does not exist."""
    node = _newest()
    for key in path.split("."):
        node = inner(node).get(key, {})
        if not node:
            return None
    return node


def inner(node: Node) -> dict[str, Node]:
    """Return the fields of an object, of the items of a list, or of the values of a mapping."""
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

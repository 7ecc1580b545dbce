"""Documentation of the fields of the newest schema: description, type, example, limits."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from taskschema.schema import versions

__all__ = ["Field", "field_of", "fields", "tables"]

Node = dict[str, Any]
WORDS = {"string": "text", "integer": "whole number", "number": "number", "object": "object"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the newest version."""

    path: str
    """The dotted path, such as `instances.output`."""
    what: str
    """The description."""
    type: str
    required: bool
    """Whether its object must have it."""
    example: str
    """An example as JSON."""
    limits: tuple[str, ...]
    """Constraints on the value beyond its type."""
    node: Node
    """Its part of the schema. Do not modify it."""


def fields() -> Iterator[Field]:
    """Yield all fields, each followed by the fields of its objects."""
    yield from _fields(versions.load(versions.NEWEST), "")


def tables() -> Iterator[tuple[Field, list[Field]]]:
    """Yield each top-level field with all fields inside it, at any depth."""
    for top in _own(versions.load(versions.NEWEST), ""):
        yield top, list(_fields(top.node, f"{top.path}."))


def field_of(pointer: str) -> str:
    """Return the path of the field that contains a JSON Pointer of the newest version."""
    node = versions.load(versions.NEWEST)
    path: list[str] = []
    for part in pointer.split("/")[1:]:
        if isinstance(found := node.get("properties", {}).get(part), dict):
            path.append(part)
            node = _resolved(found)
        else:
            node = _inner(node)
    return ".".join(path)


def _fields(node: Node, prefix: str) -> Iterator[Field]:
    for field in _own(node, prefix):
        yield field
        yield from _fields(field.node, f"{field.path}.")


def _own(node: Node, prefix: str) -> Iterator[Field]:
    """Yield the fields of an object, or of the objects in a list or mapping."""
    node = _resolved(node)
    while "properties" not in node:
        if not (node := _inner(node)):
            return
    for key, part in node["properties"].items():
        yield Field(
            path=prefix + key,
            what=part["description"],
            type=_type(_resolved(part)),
            required=key in node.get("required", ()),
            example=json.dumps(part["examples"][0], ensure_ascii=False),
            limits=tuple(_limits(_resolved(part))),
            node=part,
        )


def _resolved(node: Node) -> Node:
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        definition: Node = versions.load(versions.NEWEST)["$defs"][name]
        return definition
    return node


def _inner(node: Node) -> Node:
    """Return the schema of the items of a list, or of the values of a mapping."""
    for key in ("items", "additionalProperties"):
        if isinstance(inner := node.get(key), dict):
            return _resolved(inner)
    return {}


def _type(node: Node) -> str:
    if isinstance(kinds := node.get("type"), list):
        return " or ".join("list" if kind == "array" else WORDS[kind] for kind in kinds)
    if kinds == "array":
        return f"list of {_plural(_type(_inner(node)))}"
    if kinds == "object" and isinstance(node.get("additionalProperties"), dict):
        return "objects by name"
    return WORDS[str(kinds)]


def _plural(word: str) -> str:
    return f"{word}s"


def _limits(node: Node) -> Iterator[str]:
    if "const" in node:
        yield f"always `{node['const']}`"
    least = node.get("minLength") or node.get("minItems") or node.get("minProperties")
    if least and "pattern" not in node:
        yield "not empty"
    if "maxLength" in node:
        yield f"at most {node['maxLength']} characters"
    if "minimum" in node:
        yield f"at least {node['minimum']}"
    items = _inner(node) if node.get("type") == "array" else {}
    for each in (node, items):
        if "enum" in each:
            yield "one of " + ", ".join(f"`{value}`" for value in each["enum"])
        if "pattern" in each:
            yield f"matching `{each['pattern']}`"

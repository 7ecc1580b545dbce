"""Parses and applies assignments of metadata: `FIELD=VALUE`, `FIELD+=VALUE`, `FIELD-=VALUE`.

`=` sets a field, or removes it if no value follows. `+=` adds missing items to a list, and `-=`
removes items. Dots lead into objects, and into each object of a list.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from taskschema.core.errors import ConfigError
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import is_encodable, printable, quote
from taskschema.schema import versions

__all__ = ["METADATA", "Assignment", "assigned", "is_assignment", "parse_assignment"]

FORM = re.compile(r"([A-Za-z_$][\w$.]*)([+-]?=)(.*)", re.DOTALL)
# Fields about a task. Other commands change its name and its content.
METADATA = (
    *("summary", "description", "categories", "domains", "reasoning", "languages"),
    *("contributors", "sources", "licenses", "provenance", "metrics", "aliases", "canary"),
    *("extras", "$schema"),
)
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Assignment:
    """One change of a field."""

    path: tuple[str, ...]
    sign: str
    """`=`, `+=` or `-=`."""
    value: Any = None
    """The new value, where None removes the field; a list for `+=` and `-=`."""


def is_assignment(text: str) -> bool:
    """Whether a word is an assignment and not a path."""
    return FORM.fullmatch(text) is not None


def parse_assignment(text: str) -> Assignment:
    """Parse an assignment; a value is text for a text field, and JSON for any other.

    Text for an object of a list sets its main member, such as `text` of a licence.

    Raises:
        ConfigError: the field does not exist, or does not allow the value.
    """
    found = FORM.fullmatch(text)
    if found is None:
        raise ConfigError(f"{quote(text)} is not FIELD=VALUE, FIELD+=VALUE or FIELD-=VALUE.")
    if not is_encodable(text):
        raise ConfigError(f"{printable(text)}: is not UTF-8. Write it in UTF-8.")
    name, sign, value = found.groups()
    node = _node(name)
    path = tuple(name.split("."))
    if sign == "=":
        return Assignment(path, sign, _value(name, node, value) if value else None)
    if node.get("type", "array") != "array":
        raise ConfigError(f"{name}{sign}: the field is not a list. Use {name}=VALUE.")
    if not value:
        raise ConfigError(f"{name}{sign}: needs a value. `{name}=` removes the field.")
    return Assignment(path, sign, _items(name, node, value))


def assigned(task: dict[str, Any], changes: Iterable[Assignment]) -> dict[str, Any]:
    """Return a copy of the task with all assignments applied in order.

    Raises:
        ConfigError: an assignment adds to a value that is not a list.
    """
    for change in changes:
        task = _assigned(task, change.path, change)
    return task


def _assigned(holder: dict[str, Any], path: tuple[str, ...], change: Assignment) -> dict[str, Any]:
    (key, *rest), result = path, dict(holder)
    inner = holder.get(key)
    if rest and isinstance(inner, list):
        changed: Any = [
            _assigned(item, tuple(rest), change) if isinstance(item, dict) else item
            for item in inner
        ]
    elif rest and (inner is None or isinstance(inner, dict)):
        changed = _assigned(inner or {}, tuple(rest), change)
    elif change.sign == "=":
        changed = change.value
    elif inner is not None and not isinstance(inner, list):
        raise ConfigError(f"{'.'.join(change.path)}: the value in this task is not a list.")
    elif change.sign == "+=":
        changed = [*(inner or ()), *(item for item in change.value if item not in (inner or ()))]
    else:
        changed = [
            item for item in inner or () if not any(_matches(item, gone) for gone in change.value)
        ]
    is_kept = changed is not None and (changed not in ({}, []) or changed == inner)
    result.pop(key, None) if not is_kept else result.update({key: changed})
    return result


def _matches(item: Any, gone: Any) -> bool:
    """Whether an item is to be removed: it is equal, or an object with these members."""
    if isinstance(item, dict) and isinstance(gone, dict):
        return gone.items() <= item.items()
    return bool(item == gone)


def _node(name: str) -> Node:
    """Return the schema of a field; empty for a field that the schema leaves open."""
    first, *rest = name.split(".")
    newest = versions.load(versions.NEWEST)
    if first == "name":
        raise ConfigError("name: use `taskschema rename OLD NEW`, which updates references too.")
    if first not in METADATA:
        nearest = near_misses(first, METADATA)
        what = "is not metadata" if first in newest["properties"] else "is not a field"
        fix = f"Allowed are {', '.join(METADATA)}."
        if nearest:
            fix = f"Did you mean {nearest[0]}?"
        raise ConfigError(f"{first}: {what}. {fix} Write a path as ./{first}=...")
    node = _resolved(newest["properties"][first])
    for key in rest:
        inside = _resolved(node.get("items", node))
        known = inside.get("properties", {})
        if key not in known and inside.get("additionalProperties") is not True and known:
            nearest = near_misses(key, known)
            fix = f"Did you mean {nearest[0]}?" if nearest else f"Allowed are {', '.join(known)}."
            raise ConfigError(f"{name}: {first} has no {quote(key)}. {fix}")
        if key not in known and inside.get("type") not in ("object", None):
            raise ConfigError(f"{name}: {first} is not an object. Write {first}=VALUE.")
        node = _resolved(known.get(key, {}))
    return node


def _resolved(node: Node) -> Node:
    if "$ref" in node:
        definition: Node = versions.load(versions.NEWEST)["$defs"][node["$ref"].rpartition("/")[2]]
        return definition
    return node


def _value(name: str, node: Node, text: str) -> Any:
    kind = node.get("type")
    if kind == "string":
        return text
    if kind == "array":
        return _items(name, node, text)
    value = _json(text)
    if kind is None:
        return text if value is ... else value
    allowed = {"integer": int, "object": dict}[kind]
    if not isinstance(value, allowed):
        what = "an integer" if kind == "integer" else "a JSON object"
        raise ConfigError(f"{name}: must be {what}, not {quote(text)}.")
    return value


def _items(name: str, node: Node, text: str) -> list[Any]:
    """Return the items of a JSON list, or a text as the only item."""
    value = _json(text) if text.startswith("[") else ...
    if isinstance(value, list):
        return value
    inside = _resolved(node.get("items", {}))
    if inside.get("type") == "object":
        value = _json(text)
        if isinstance(value, dict):
            return [value]
        if text.startswith(("{", "[")):
            raise ConfigError(f"{name}: {quote(text)} is not valid JSON.")
        return [{inside["required"][0]: text}]
    return [_value(name, inside, text)]


def _json(text: str) -> Any:
    """Return the value of a JSON text; an ellipsis if it is not JSON."""
    try:
        return orjson.loads(text)
    except ValueError:
        return ...

"""What is to become of a field of metadata, as a person writes it: `FIELD=VALUE` and the like.

`=` sets a field, or removes it where no value follows; `+=` adds to a list what it lacks, and `-=`
takes out of it. Dots lead into objects, and into each object of a list.
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

__all__ = ["Assignment", "assigned", "assignment", "is_assignment"]

FORM = re.compile(r"([A-Za-z_$][\w$.]*)([+-]?=)(.*)", re.DOTALL)
# What tells of a task; what it consists of, and its name, are changed in other ways.
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
    """None removes the field; for the other signs, a list."""


def is_assignment(text: str) -> bool:
    """Whether a word has the form of an assignment, and not of a path."""
    return FORM.fullmatch(text) is not None


def assignment(text: str) -> Assignment:
    """The change that a text asks for; texts are taken as they stand, all else is JSON.

    A text that stands for an object of a list is its main member, such as a licence's `text`.

    Raises:
        ConfigError: there is no such field, or it cannot have the value.
    """
    found = FORM.fullmatch(text)
    if found is None:
        raise ConfigError(f"{quote(text)} is no FIELD=VALUE, FIELD+=VALUE or FIELD-=VALUE.")
    if not is_encodable(text):
        raise ConfigError(f"{printable(text)}: is not UTF-8. Write it in that encoding.")
    name, sign, value = found.groups()
    node = _node(name)
    path = tuple(name.split("."))
    if sign == "=":
        return Assignment(path, sign, _value(name, node, value) if value else None)
    if node.get("type", "array") != "array":
        raise ConfigError(f"{name}{sign}: is no list. {name}=VALUE sets it.")
    if not value:
        raise ConfigError(f"{name}{sign}: needs a value. `{name}=` removes the field.")
    return Assignment(path, sign, _items(name, node, value))


def assigned(task: dict[str, Any], changes: Iterable[Assignment]) -> dict[str, Any]:
    """The task with changes made, one after the other; the one that is given stays as it is.

    Raises:
        ConfigError: something is to be added to what is no list.
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
        raise ConfigError(f"{'.'.join(change.path)}: is no list there.")
    elif change.sign == "+=":
        changed = [*(inner or ()), *(item for item in change.value if item not in (inner or ()))]
    else:
        changed = [
            item for item in inner or () if not any(_is(item, gone) for gone in change.value)
        ]
    is_left = changed is not None and (changed not in ({}, []) or changed == inner)
    result.pop(key, None) if not is_left else result.update({key: changed})
    return result


def _is(item: Any, gone: Any) -> bool:
    """Whether an item is meant: it is equal, or it is an object with these members."""
    if isinstance(item, dict) and isinstance(gone, dict):
        return gone.items() <= item.items()
    return bool(item == gone)


def _node(name: str) -> Node:
    """What the schema says of a field; nothing of what it leaves open."""
    first, *rest = name.split(".")
    newest = versions.load(versions.NEWEST)
    if first == "name":
        raise ConfigError("name: `taskschema rename OLD NEW` changes it, and all that goes by it.")
    if first not in METADATA:
        meant = near_misses(first, METADATA)
        what = "is no metadata" if first in newest["properties"] else "is no field"
        cure = f"Did you mean {meant[0]}?" if meant else f"There are {', '.join(METADATA)}."
        raise ConfigError(f"{first}: {what}. {cure} A path that looks so is written ./{first}=...")
    node = _resolved(newest["properties"][first])
    for key in rest:
        inside = _resolved(node.get("items", node))
        known = inside.get("properties", {})
        if key not in known and inside.get("additionalProperties") is not True and known:
            meant = near_misses(key, known)
            cure = f"Did you mean {meant[0]}?" if meant else f"There are {', '.join(known)}."
            raise ConfigError(f"{name}: {first} has no {quote(key)}. {cure}")
        if key not in known and inside.get("type") not in ("object", None):
            raise ConfigError(f"{name}: {first} has nothing inside. Write {first}=VALUE.")
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
    wanted = {"integer": int, "object": dict}[kind]
    if not isinstance(value, wanted):
        what = "a whole number" if kind == "integer" else "a JSON object"
        raise ConfigError(f"{name}: takes {what}, not {quote(text)}.")
    return value


def _items(name: str, node: Node, text: str) -> list[Any]:
    """The items of a JSON list, or the one item that a text is."""
    value = _json(text) if text.startswith("[") else ...
    if isinstance(value, list):
        return value
    inside = _resolved(node.get("items", {}))
    if inside.get("type") == "object":
        value = _json(text)
        if isinstance(value, dict):
            return [value]
        if text.startswith(("{", "[")):
            raise ConfigError(f"{name}: {quote(text)} is no JSON.")
        return [{inside["required"][0]: text}]
    return [_value(name, inside, text)]


def _json(text: str) -> Any:
    """What a text is as JSON; an ellipsis if it is none."""
    try:
        return orjson.loads(text)
    except ValueError:
        return ...

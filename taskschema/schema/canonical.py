"""The canonical form of each schema version, in which a git diff of a task shows its rows.

Version 3: two-space indent, keys in the order of the schema, one instance or demonstration per
line. Versions 1 and 2 keep the form in which Super-NaturalInstructions was published: four-space
indent, no final newline, keys in their own order.
"""

import json
import re
from typing import Any

import msgspec
import stringzilla

from taskschema.schema.plain_rows import is_plain
from taskschema.schema.versions import NEWEST, load

__all__ = ["dumps", "is_canonical"]

ROWS = frozenset({"instances", "positive_demonstrations", "negative_demonstrations"})


def dumps(document: dict[str, Any], version: int) -> bytes:
    """Return the canonical bytes (UTF-8, unescaped) of a valid document."""
    if version < NEWEST:
        return json.dumps(document, indent=4, ensure_ascii=False).encode()
    members = ",\n".join(
        f"  {json.dumps(key, ensure_ascii=False)}: {_member(key, value)}"
        for key, value in _in_order(document, load(NEWEST)).items()
    )
    return f"{{\n{members}\n}}\n".encode()


ESCAPE = re.compile(rb"\\(?:u.{4}|.)", re.DOTALL)
SHORTEST = frozenset(
    [rb"\"", rb"\\", rb"\b", rb"\f", rb"\n", rb"\r", rb"\t"]
    + [rb"\u%04x" % code for code in range(0x20) if code not in b"\b\f\n\r\t"]
)
LONGER = (b"\\/", b"\\u")  # prefixes of escapes that may not be the shortest
# The start of a row and the text between its parts. They cannot occur inside of a string, where
# every quotation mark follows a backslash.
ROW_MARKS = (b'\n    {"id": "', b'", "input": "', b'", "output": ["')


def is_canonical(raw: bytes, document: dict[str, Any], version: int) -> bool:
    """Return whether bytes equal the canonical form of the document parsed from them.

    Plain rows are many, so they are not serialised for the comparison: only their layout, escapes
    and order of keys can differ.

    Args:
        raw: strict JSON.
        document: the parsed and valid document.
        version: its version.
    """
    key = "instances" if version == NEWEST else "Instances"
    rows = document[key]
    if not rows or not is_plain(rows):
        return raw == dumps(document, version)
    if any(stringzilla.find(raw, mark) >= 0 for mark in LONGER) and not (
        SHORTEST.issuperset(ESCAPE.findall(raw))
    ):
        return False
    if version == NEWEST:
        return _has_canonical_rows(raw, document)
    head = {name: value for name, value in document.items() if name != key}
    return raw == msgspec.json.format(raw, indent=4) and (
        not _has_number(head) or raw == dumps({**document, key: list(rows)}, version)
    )


def _has_canonical_rows(raw: bytes, document: dict[str, Any]) -> bool:
    """Return the same for version 3, in which each row is a line."""
    before, key, rest = raw.partition(b'\n  "instances": [\n    ')
    rows, bracket, after = rest.partition(b"\n  ]")
    count = len(document["instances"])
    if not key or not bracket or rows.count(b"\n") != count - 1:
        return False
    # Plain rows contain no objects, so a brace at the start of a line starts a row.
    line = b"[%s]" % rows.replace(b",\n    {", b", {")
    return (
        before + b'\n  "instances": []' + after == dumps({**document, "instances": []}, NEWEST)
        and all(stringzilla.count(b"\n    %s" % rows, mark) == count for mark in ROW_MARKS)
        and line == msgspec.json.format(line, indent=0)
    )


def _has_number(value: Any) -> bool:
    """Return whether a value contains a number, which can be written in several ways."""
    if isinstance(value, dict):
        return any(map(_has_number, value.values()))
    if isinstance(value, list):
        return any(map(_has_number, value))
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _member(key: str, value: Any) -> str:
    """Return the text of one top-level value; each row is a line."""
    if key in ROWS and value:
        return "[\n    " + ",\n    ".join(map(_row, value)) + "\n  ]"
    # JSON strings contain no line breaks, so all line breaks belong to the layout.
    return json.dumps(value, indent=2, ensure_ascii=False).replace("\n", "\n  ")


_row = json.JSONEncoder(ensure_ascii=False).encode


def _in_order(value: Any, schema: dict[str, Any]) -> Any:
    """Return the value with the keys of every object in the order of its schema."""
    if not isinstance(value, (dict, list)):
        return value
    if reference := schema.get("$ref"):
        schema = load(NEWEST)["$defs"][reference.rpartition("/")[2]]
    if isinstance(value, list):
        if not any(isinstance(item, (dict, list)) for item in value):
            return value
        # Only the schema of `answer` depends on the task; if it holds objects, they are choices.
        items = schema.get("items", {"$ref": "#/$defs/Choice"})
        return [_in_order(item, items) for item in value]
    properties = schema.get("properties", {})
    ordered = {key: _in_order(value[key], properties[key]) for key in properties if key in value}
    if len(ordered) == len(value):
        return ordered
    others = schema.get("additionalProperties")
    for key in value:
        if key not in ordered:
            part = value[key]
            ordered[key] = _in_order(part, others) if isinstance(others, dict) else part
    return ordered

"""What `plain_rules.py` takes for the canonical layout of a task."""

import json
from typing import Any

from plain.head import DEMONSTRATIONS, Task


def in_order(value: Any, schema: Task, newest: Task) -> Any:
    """A value with the keys of its objects in the order of the schema."""
    if "$ref" in schema:
        schema = newest["$defs"][schema["$ref"].split("/")[-1]]
    if isinstance(value, list):
        items = schema.get("items", {"$ref": "#/$defs/Choice"})
        return [in_order(item, items, newest) for item in value]
    if not isinstance(value, dict):
        return value
    known = schema.get("properties", {})
    keys = [key for key in known if key in value] + [key for key in value if key not in known]
    other = schema.get("additionalProperties")
    other = other if isinstance(other, dict) else {}
    return {key: in_order(value[key], known.get(key, other), newest) for key in keys}


def canonical(document: Task, version: int, schema: Task) -> str:
    if version == 2:  # noqa: PLR2004 - the version of SuperNI
        return json.dumps(document, indent=4, ensure_ascii=False)
    members = []
    for key, value in in_order(document, schema, schema).items():
        if key in (*DEMONSTRATIONS, "instances") and value:
            rows = [json.dumps(row, ensure_ascii=False) for row in value]
            text = "[\n    " + ",\n    ".join(rows) + "\n  ]"
        else:
            text = json.dumps(value, indent=2, ensure_ascii=False).replace("\n", "\n  ")
        members.append(f"  {json.dumps(key, ensure_ascii=False)}: {text}")
    return "{\n" + ",\n".join(members) + "\n}\n"

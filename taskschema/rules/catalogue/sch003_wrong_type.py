"""A value has the wrong type.

Typed readers refuse it, and lenient readers misread it: a string in place of a list becomes a list
of its characters. Write the type that the message names.
"""

import json
from collections.abc import Sequence
from typing import Any

from taskschema.core.findings import Severity
from taskschema.rules.rule import SchemaRule, Violation
from taskschema.schema.versions import Breach

LONGEST = 40
NAMES = {
    "array": "a list",
    "object": "an object",
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
FOUND = {list: "array", dict: "object", str: "string", bool: "boolean", type(None): "null"}


def explain(breach: Breach) -> Violation:
    """Name the type found and the types allowed."""
    expected = [breach.wanted] if isinstance(breach.wanted, str) else breach.wanted
    allowed = " or ".join(NAMES[name] for name in expected)
    found = NAMES[FOUND.get(type(breach.value), "number")]
    if breach.value is None:
        advice = f"Write {allowed}, or remove the key if it is optional."
    else:
        converted = _converted(breach.value, expected, breach.items)
        short = converted is not None and len(converted) <= LONGEST
        advice = f"Write {converted if short else allowed}."
    return Violation(breach.pointer, f"is {found}, but must be {allowed}. {advice}")


def _converted(value: Any, allowed: Sequence[str], items: str) -> str | None:
    """Return the value converted to an allowed type, as JSON, or None if that is a guess."""
    match value:
        case str() if items == "string":
            return json.dumps([value], ensure_ascii=False)
        case [str(text)] if "string" in allowed:
            return json.dumps(text, ensure_ascii=False)
        case int() | float() if "string" in allowed and not isinstance(value, bool):
            return json.dumps(str(value))
        case _:
            return None


RULE = SchemaRule(
    code="SCH003",
    name="wrong-type",
    severity=Severity.ERROR,
    since="0.1",
    outranks=("SCH004",),
    keywords=("type",),
    explain=explain,
    good={"definition": ["Name the number."]},
    bad={"definition": "Name the number."},
)

"""A value is of the wrong type.

Typed readers refuse it, and lenient ones misread it: a string where a list belongs becomes a list
of its characters. Write what the message names.
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
    """Says what stands there and what belongs there."""
    wanted = [breach.wanted] if isinstance(breach.wanted, str) else breach.wanted
    allowed = " or ".join(NAMES[name] for name in wanted)
    found = NAMES[FOUND.get(type(breach.value), "number")]
    if breach.value is None:
        cure = "Write one, or leave the key out if it is optional."
    else:
        meant = _meant(breach.value, wanted, breach.items)
        short = meant is not None and len(meant) <= LONGEST
        cure = f"Write {meant}." if short else "Write one."
    return Violation(breach.pointer, f"is {found}, but must be {allowed}. {cure}")


def _meant(value: Any, wanted: Sequence[str], items: str) -> str | None:
    """The same value in the type that belongs there, as JSON; None where that is a guess."""
    match value:
        case str() if items == "string":
            return json.dumps([value], ensure_ascii=False)
        case [str(text)] if "string" in wanted:
            return json.dumps(text, ensure_ascii=False)
        case int() | float() if "string" in wanted and not isinstance(value, bool):
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

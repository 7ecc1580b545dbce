"""A value is of the wrong type.

Typed readers refuse it, and lenient ones misread it: a string where a list belongs becomes a list
of its characters. Write what the message names.
"""

import json

from taskschema.findings import Severity
from taskschema.rules import SchemaRule, Violation
from taskschema.schema import Breach

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
    message = f"is {found}, but must be {allowed}."
    if breach.value is None:
        message += " Write one, or leave the key out if it is optional."
    elif (
        breach.items == "string" and isinstance(breach.value, str) and len(breach.value) <= LONGEST
    ):
        message += f" Write {json.dumps([breach.value], ensure_ascii=False)}."
    return Violation(breach.pointer, message)


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

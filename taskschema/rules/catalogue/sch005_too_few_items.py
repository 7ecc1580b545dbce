"""A list or an object has too few items.

An instance without an output, or a task without a definition, is useless. Add the items, or remove
the key if it is optional.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import SchemaRule, Violation
from taskschema.schema.versions import Breach


def explain(breach: Breach) -> Violation:
    """Name the number of items found and the number required."""
    message = f"has {len(breach.value)} items; the schema requires at least {breach.wanted}."
    message += " Add one."
    return Violation(breach.pointer, message)


RULE = SchemaRule(
    code="SCH005",
    name="too-few-items",
    severity=Severity.ERROR,
    since="0.1",
    keywords=("minItems", "minProperties"),
    explain=explain,
    good={"definition": ["Name the number."]},
    bad={"definition": []},
)

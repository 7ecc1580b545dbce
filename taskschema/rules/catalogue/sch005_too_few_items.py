"""A list or an object has fewer items than it must have.

An instance without an output and a task without a definition say nothing. Add the items, or leave
the key out where it is optional.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import SchemaRule, Violation
from taskschema.schema.versions import Breach


def explain(breach: Breach) -> Violation:
    """Says how many there are and how many it takes."""
    message = f"has {len(breach.value)} items; at least {breach.wanted} must be here. Add one."
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

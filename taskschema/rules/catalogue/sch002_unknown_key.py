"""A key is not in the schema.

A misspelt key would silently have no effect. Correct it. Put anything for which the schema has no
key into `extras`. Some keys belong only to some answer formats.
"""

from taskschema.core.findings import Severity
from taskschema.core.syntax.json_pointers import tokens
from taskschema.core.text.near_misses import near_misses
from taskschema.rules.rule import SchemaRule, Violation
from taskschema.schema.versions import Breach


def explain(breach: Breach) -> Violation:
    """Name the nearest known key, else the place for other data."""
    key = tokens(breach.pointer)[-1]
    if breach.keyword == "not":
        message = f"`{key}` does not belong to this answer format. Remove it."
        return Violation(breach.pointer, message)
    nearest = near_misses(key, breach.known)
    other = "Remove it, or move it to `extras`." if "extras" in breach.known else "Remove it."
    advice = f"Did you mean `{nearest[0]}`?" if nearest else other
    return Violation(breach.pointer, f"`{key}` is not a key of the schema here. {advice}")


RULE = SchemaRule(
    code="SCH002",
    name="unknown-key",
    severity=Severity.ERROR,
    since="0.1",
    keywords=("additionalProperties", "not"),
    explain=explain,
    good={"extras": {"sumary": "x"}},
    bad={"sumary": "x"},
)

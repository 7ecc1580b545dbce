"""A key is not in the schema of versions 1 and 2.

Versions 1 and 2 are open, so the key is kept, but no tool reads it, and it may be misspelt. Correct
it, or migrate the task to version 3, which keeps such data under `extras`.
"""

from taskschema.core.findings import Severity
from taskschema.core.text.near_misses import near_misses
from taskschema.rules.rule import SchemaRule, Violation
from taskschema.schema.versions import Breach


def explain(breach: Breach) -> Violation:
    """Name the nearest known key."""
    suggestion = near_misses(breach.key, breach.known)
    advice = (
        f"Did you mean `{suggestion[0]}`?" if suggestion else "It is kept, but no tool reads it."
    )
    return Violation(breach.pointer, f"`{breach.key}` is not a key of the schema here. {advice}")


RULE = SchemaRule(
    code="SCH006",
    name="foreign-key",
    severity=Severity.WARNING,
    since="0.1",
    keywords=("foreign",),
    explain=explain,
    good={"Source": ["x"]},
    bad={"Sources": ["x"]},
)

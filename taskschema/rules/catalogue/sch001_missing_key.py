"""A required key is missing.

Readers rely on it. Add it; where a key of nearly that name stands there instead, rename that one.
"""

from taskschema.core.findings import Severity
from taskschema.core.syntax.json_pointers import escape
from taskschema.core.text.near_misses import near_misses
from taskschema.rules.rule import SchemaRule, Violation
from taskschema.schema.versions import Breach

CURES = {
    "schema_version": 'Add `"schema_version": 3`.',
    "id": "Add it, or run `taskschema ids add`, which makes one.",
}


def explain(breach: Breach) -> Violation:
    """Names the misspelt key, where there is one, and then stands at it."""
    strangers = [key for key in breach.value if key not in breach.known]
    if meant := near_misses(breach.key, strangers):
        message = f"`{meant[0]}`: did you mean `{breach.key}`, which is missing? Rename it."
        return Violation(breach.pointer + escape(meant[0]), message)
    cure = CURES.get(breach.key, "Add it.")
    return Violation(breach.pointer, f"`{breach.key}` is missing. {cure}")


RULE = SchemaRule(
    code="SCH001",
    name="missing-key",
    severity=Severity.ERROR,
    since="0.1",
    outranks=("SCH002", "SCH006"),
    keywords=("required",),
    explain=explain,
    good={"definition": ["Name the number."]},
    bad={"definition": None},
)

"""A required key is missing.

Readers rely on it. Add the key. If the message names a misspelt key, rename that key.
"""

from taskschema.core.findings import Severity
from taskschema.core.syntax.json_pointers import escape
from taskschema.core.text.near_misses import near_misses
from taskschema.rules.rule import SchemaRule, Violation
from taskschema.schema.versions import Breach

ADVICE = {
    "schema_version": 'Add `"schema_version": 3`.',
    "id": "Add it, or run `taskschema ids add` to generate one.",
}


def explain(breach: Breach) -> Violation:
    """Point to the key that is probably misspelt, if any, else to the object."""
    strangers = [key for key in breach.value if key not in breach.known]
    if nearest := near_misses(breach.key, strangers):
        message = f"`{breach.key}` is missing, but `{nearest[0]}` is here. Rename it if misspelt."
        return Violation(breach.pointer + escape(nearest[0]), message)
    advice = ADVICE.get(breach.key, "Add it.")
    return Violation(breach.pointer, f"`{breach.key}` is missing. {advice}")


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

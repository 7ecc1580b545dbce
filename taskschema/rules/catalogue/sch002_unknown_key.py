"""The schema has no such key here.

A misspelt key would silently have no effect. Correct it; anything that the schema has no word for
goes to `extras`. Some keys only go with some answer kinds.
"""

from taskschema.core.findings import Severity
from taskschema.core.syntax.json_pointers import tokens
from taskschema.core.text.near_misses import near_misses
from taskschema.rules.rule import SchemaRule, Violation
from taskschema.schema.versions import Breach


def explain(breach: Breach) -> Violation:
    """Names what may have been meant, else where other things go."""
    key = tokens(breach.pointer)[-1]
    if breach.keyword == "not":
        return Violation(breach.pointer, f"`{key}` does not go with this answer kind. Remove it.")
    meant = near_misses(key, breach.known)
    other = "remove it, or put it into `extras`." if "extras" in breach.known else "remove it."
    cure = f"did you mean `{meant[0]}`?" if meant else other
    return Violation(breach.pointer, f"`{key}` is no key of the schema here: {cure}")


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

"""The older schema does not know this key.

Versions 1 and 2 are open, so the key is kept, but no tool reads it: it may be misspelt. Correct it,
or move the task to version 3, where such things have a place of their own under `extras`.
"""

from taskschema.core.findings import Severity
from taskschema.core.text.near_misses import near_misses
from taskschema.rules.rule import SchemaRule, Violation
from taskschema.schema.versions import Breach


def explain(breach: Breach) -> Violation:
    """Names what may have been meant."""
    meant = near_misses(breach.key, breach.known)
    cure = f": did you mean `{meant[0]}`?" if meant else "; it is kept, and nothing reads it."
    return Violation(breach.pointer, f"`{breach.key}` is no key of the schema here{cure}")


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

"""A value is not allowed.

The schema restricts this field to a list of words, a pattern or a range. Write an allowed value.
"""

import json

from taskschema.core.findings import Severity
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import quote
from taskschema.rules.rule import SchemaRule, Violation
from taskschema.schema.versions import Breach

BOUNDS = {
    "minLength": "at least {} characters long",
    "maxLength": "at most {} characters long",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "pattern": "of the form {}",
    "const": "{}",
}


FORMS = {
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "a date such as 2024-02-29",
    "^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$": "an ORCID such as 0000-0002-1825-0097",
    "^[0-9a-f]{64}$": "the SHA-256 of the file, 64 digits of 0-9 and a-f",
    "^[a-z0-9]+(?:[._-][a-z0-9]+)*$": "lower-case letters and digits, joined by single . _ or -",
}


def explain(breach: Breach) -> Violation:
    """Name the value found and the values allowed, with the nearest word of a list."""
    found = quote(breach.value) if isinstance(breach.value, str) else json.dumps(breach.value)
    if breach.keyword == "enum":
        allowed = ", ".join(f"`{word}`" for word in breach.wanted)
        nearest = near_misses(str(breach.value), breach.wanted)
        advice = f" Did you mean `{nearest[0]}`?" if nearest else ""
        return Violation(breach.pointer, f"{found} must be one of {allowed}.{advice}")
    bound = BOUNDS[breach.keyword].format(breach.wanted)
    bound = FORMS.get(str(breach.wanted), bound)
    return Violation(breach.pointer, f"{found} must be {bound}.")


RULE = SchemaRule(
    code="SCH004",
    name="value-not-allowed",
    severity=Severity.ERROR,
    since="0.1",
    keywords=(*("enum", "const", "pattern", "minLength", "maxLength", "minimum", "maximum"),),
    explain=explain,
    good={"metrics": ["rouge_l"]},
    bad={"metrics": ["rouge-l"]},
)

"""A template does not apply to a row of its data.

Many templates skip rows on purpose: their text has no answer, or renders empty. The row does not
become an instance. If that is not intended, correct the template.

Only `convert` reports this.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import ConversionRule

RULE = ConversionRule(
    code="CNV006",
    name="not-applicable",
    severity=Severity.WARNING,
    since="0.1",
)

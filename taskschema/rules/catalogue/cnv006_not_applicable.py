"""A template does not apply to a row of its data.

Many templates leave rows out on purpose: the text they give has no answer, or no part is left of
it. The row is no instance. Look at the template where that is not meant. Only `convert` tells of
this.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import ConversionRule

RULE = ConversionRule(
    code="CNV006",
    name="not-applicable",
    severity=Severity.WARNING,
    since="0.1",
)

"""The other format cannot say what the task is.

It lacks what every file of that format needs, so the task is left out. Choose another format, or
add what is missing. Only `convert` tells of this.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import ConversionRule

RULE = ConversionRule(
    code="CNV009",
    name="not-expressible",
    severity=Severity.ERROR,
    since="0.1",
)

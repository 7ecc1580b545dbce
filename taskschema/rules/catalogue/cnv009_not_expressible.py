"""The target format cannot express the task.

The task lacks something that every file of the target format needs, so the task is skipped. Choose
another format, or add what is missing.

Only `convert` reports this.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import ConversionRule

RULE = ConversionRule(
    code="CNV009",
    name="not-expressible",
    severity=Severity.ERROR,
    since="0.1",
)

"""Two converted tasks have the same name.

The name is the identity of a task, and the second task would overwrite the first, so it is skipped.
Rename one task in the source, or pass `--name`.

Only `convert` reports this.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import ConversionRule

RULE = ConversionRule(
    code="CNV007",
    name="repeated-name",
    severity=Severity.ERROR,
    since="0.1",
)

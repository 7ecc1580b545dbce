"""Two converted tasks have the same name.

The name is the identity, and the second task would take the place of the first, so it is left out.
Rename one in the source, or give `--name`. Only `convert` tells of this.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import ConversionRule

RULE = ConversionRule(
    code="CNV007",
    name="repeated-name",
    severity=Severity.ERROR,
    since="0.1",
)

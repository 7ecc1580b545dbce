"""A row or file of another format cannot be parsed.

The row is skipped. The rows after it are read as long as their positions are certain. Fix the row
in the source, and convert again.

Only `convert` and `new` report this.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import ConversionRule

RULE = ConversionRule(
    code="CNV001",
    name="unreadable-row",
    severity=Severity.ERROR,
    since="0.1",
    format="alpaca",
    good='{"instruction": "Add.", "input": "1 1", "output": "2"}\n',
    bad='{"instruction": "Add.", "input": "1 1", "output": "2"}\n{"instruction": "Add.\n',
)

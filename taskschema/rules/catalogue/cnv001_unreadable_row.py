"""A row or file of another format cannot be read.

What does not parse cannot become an instance. It is left out, and the rows after it are read as far
as their places are sure. Mend it where it stands, and convert again. Only
`convert` and `new` tell of this.
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

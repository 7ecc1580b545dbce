"""A row or file of another format lacks what the format asks for.

A field is missing, has another type, or refers to what is not there. Nothing is guessed: the row is
left out. Mend it where it stands, or say with an option where the field is. Only
`convert` and `new` tell of this.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import ConversionRule

RULE = ConversionRule(
    code="CNV002",
    name="wrong-shape",
    severity=Severity.ERROR,
    since="0.1",
    format="alpaca",
    good='{"instruction": "Add.", "input": "1 1", "output": "2"}\n',
    bad='{"instruction": "Add.", "input": "", "output": 2}\n',
)

"""A row of another format has no answer.

An instance without an answer teaches nothing and cannot be scored, so the row is left out. Write
the answer in the source. Rows that taskschema wrote itself are taken as they are. Only
`convert` and `new` tell of this.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import ConversionRule

RULE = ConversionRule(
    code="CNV003",
    name="missing-answer",
    severity=Severity.ERROR,
    since="0.1",
    format="alpaca",
    good='{"instruction": "Add.", "input": "1 1", "output": "2"}\n',
    bad='{"instruction": "Add.", "input": "2 2", "output": " "}\n',
)

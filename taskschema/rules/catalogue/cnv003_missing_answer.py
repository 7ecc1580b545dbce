"""A row of another format has no answer.

An instance without an answer cannot be trained on or scored, so the row is skipped. Write the
answer in the source. Rows that taskschema itself wrote are accepted unchanged.

Only `convert` and `new` report this.
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

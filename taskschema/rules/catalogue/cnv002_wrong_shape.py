"""A row or file of another format lacks a required field or has a wrong type.

A field is missing, has another type, or refers to something that does not exist. Nothing is
guessed: the row is skipped. Fix it in the source, or pass an option that names the field.

Only `convert` and `new` report this.
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

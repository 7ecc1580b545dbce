"""A file of another format requires running code.

Contributed files are not trusted, and taskschema runs no code from them. Write out what the code
computes, or run it yourself and convert the result.

Only `convert` reports this.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import ConversionRule

RULE = ConversionRule(
    code="CNV005",
    name="code-refused",
    severity=Severity.ERROR,
    since="0.1",
)

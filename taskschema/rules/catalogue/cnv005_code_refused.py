"""A file of another format asks for code to be run.

Contributed files are not trusted, and no code from them runs. Write out what the code computes, or
run it yourself and convert its result. Only `convert` tells of this.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import ConversionRule

RULE = ConversionRule(
    code="CNV005",
    name="code-refused",
    severity=Severity.ERROR,
    since="0.1",
)

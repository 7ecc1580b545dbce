"""The file is not JSON.

The place given is the first that cannot be read; the mistake is there or just before it, often a
missing comma or quotation mark. `NaN` and `Infinity` are read by Python and by little else.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import FileRule

RULE = FileRule(
    code="FIL005",
    name="invalid-json",
    severity=Severity.ERROR,
    since="0.1",
    good=b'{"a": [1, 2]}',
    bad=b'{"a": [1 2]}',
)

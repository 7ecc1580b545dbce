"""The file is not valid JSON.

The position is the first one that cannot be parsed. The mistake is there or just before, often a
missing comma or quotation mark. `NaN` and `Infinity` are not JSON, although Python reads them.
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

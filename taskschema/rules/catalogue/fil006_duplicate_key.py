"""An object has the same key twice.

Parsers keep one of the two values and silently drop the other. Remove the wrong one.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import FileRule

RULE = FileRule(
    code="FIL006",
    name="duplicate-key",
    severity=Severity.ERROR,
    since="0.1",
    good=b'{"a": 1, "b": 2}',
    bad=b'{"a": 1, "a": 2}',
)

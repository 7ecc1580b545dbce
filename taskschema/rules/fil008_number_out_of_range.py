"""A number does not fit 64 bits.

Parsers round such an integer, or refuse it, and turn such a fraction into infinity. Write it as a
string.
"""

from taskschema.findings import Severity
from taskschema.rules import FileRule

RULE = FileRule(
    code="FIL008",
    name="number-out-of-range",
    severity=Severity.ERROR,
    since="0.1",
    good=b'{"a": 18446744073709551615}',
    bad=b'{"a": 18446744073709551616}',
)

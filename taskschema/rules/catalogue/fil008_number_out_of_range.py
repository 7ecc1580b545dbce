"""A number does not survive in 64 bits.

Parsers round such a number, refuse it, or turn it into infinity: an integer beyond 64 bits, a
fraction beyond their range or with more digits than they hold. Write it as a string.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import FileRule

RULE = FileRule(
    code="FIL008",
    name="number-out-of-range",
    severity=Severity.ERROR,
    since="0.1",
    good=b'{"a": 18446744073709551615}',
    bad=b'{"a": 18446744073709551616}',
)

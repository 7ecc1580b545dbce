"""A number does not fit into 64 bits.

Parsers round such a number, refuse it or turn it into infinity: an integer beyond 64 bits, or a
fraction out of range or with too many digits. Write it as a string.
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

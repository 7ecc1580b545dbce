"""The file starts with a byte order mark.

JSON must not start with one (RFC 8259, section 8.1), and many parsers stop there. Save the file as
UTF-8 without a byte order mark.
"""

from taskschema.core.findings import Applicability, Severity
from taskschema.rules.rule import FileRule

MARK = b"\xef\xbb\xbf"


def without_mark(raw: bytes) -> bytes:
    """Return the bytes without a leading byte order mark."""
    return raw.removeprefix(MARK)


RULE = FileRule(
    code="FIL004",
    name="byte-order-mark",
    severity=Severity.ERROR,
    since="0.1",
    fix=Applicability.SAFE,
    repair=without_mark,
    good=b'{"a": 1}',
    bad=b'\xef\xbb\xbf{"a": 1}',
)

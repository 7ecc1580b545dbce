"""The file starts with a byte order mark.

JSON must not begin with one (RFC 8259, section 8.1), and many parsers stop there. Save the file as
UTF-8 without byte order mark.
"""

from taskschema.core.findings import Applicability, Severity
from taskschema.rules.rule import FileRule

MARK = b"\xef\xbb\xbf"


def mend(raw: bytes) -> bytes:
    """The file without its mark."""
    return raw.removeprefix(MARK)


RULE = FileRule(
    code="FIL004",
    name="byte-order-mark",
    severity=Severity.ERROR,
    since="0.1",
    fix=Applicability.SAFE,
    mend=mend,
    good=b'{"a": 1}',
    bad=b'\xef\xbb\xbf{"a": 1}',
)

"""The file is not UTF-8.

JSON is exchanged in UTF-8 (RFC 8259, section 8.1). Save the file as UTF-8; most editors offer this
when saving.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import FileRule

RULE = FileRule(
    code="FIL003",
    name="not-utf8",
    severity=Severity.ERROR,
    since="0.1",
    good=b'{"a": "\xc3\xa9"}',
    bad=b'{"a": "\xe9"}',
)

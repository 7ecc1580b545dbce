"""The document is nested deeper than 64 levels.

A task needs at most nine levels, and deeper documents exhaust the stack of some parsers. Flatten
the value, or move it to a file of its own.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import FileRule

RULE = FileRule(
    code="FIL007",
    name="too-deep",
    severity=Severity.ERROR,
    since="0.1",
    good=b'{"a": [[[1]]]}',
    bad=b'{"a": ' + b"[" * 64 + b"]" * 64 + b"}",
)

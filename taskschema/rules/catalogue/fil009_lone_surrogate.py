"""A string contains half of a surrogate pair.

Such an escape stands for no character and cannot be encoded as UTF-8. Write the character itself.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import FileRule

RULE = FileRule(
    code="FIL009",
    name="lone-surrogate",
    severity=Severity.ERROR,
    since="0.1",
    good=b'{"a": "\\ud83d\\ude00"}',
    bad=b'{"a": "\\ud83d"}',
)

"""The file cannot be opened.

The operating system refuses access, so the file cannot be checked. Correct its permissions, or move
it out of the folder.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import FileRule

RULE = FileRule(
    code="FIL001",
    name="unreadable",
    severity=Severity.ERROR,
    since="0.1",
    good=None,
    bad=None,
)

"""The file cannot be opened.

Nothing can be said of a file that the system does not hand out. Mend its permissions, or take it
out of the folder.
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

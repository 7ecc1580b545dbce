"""The file is larger than 50 MB.

Hosts of git repositories warn of such files, and reviewers cannot open them. Think of splitting
the task, or of sampling its instances.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import FileRule

RULE = FileRule(
    code="FIL011",
    name="large",
    severity=Severity.WARNING,
    since="0.1",
    good=None,
    bad=None,
)

"""The file is larger than 50 MB.

Git hosts warn about such files, and reviewers cannot open them. Consider splitting the task, or
sampling its instances.
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

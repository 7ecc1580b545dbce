"""The file is larger than 100 MB.

Git hosts refuse such files, and readers must hold a task in memory. Split the task into several, or
sample its instances.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import FileRule

RULE = FileRule(
    code="FIL002",
    name="too-large",
    severity=Severity.ERROR,
    since="0.1",
    good=None,
    bad=None,
)

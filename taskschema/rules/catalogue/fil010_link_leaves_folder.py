"""The file is a link to something outside of the collection.

What a collection holds must be in the collection: the target is not under review, and is missing
from everybody else's copy. Put the file itself here.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import FileRule

RULE = FileRule(
    code="FIL010",
    name="link-leaves-folder",
    severity=Severity.ERROR,
    since="0.1",
    good=None,
    bad=None,
)

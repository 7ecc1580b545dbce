"""The file is a link to a target outside of the collection.

The target is not reviewed, and other copies of the collection lack it. Replace the link with the
file itself.
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

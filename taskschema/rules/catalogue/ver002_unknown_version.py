"""This release cannot read the schema version.

If the file is from a newer release of taskschema, update taskschema. Otherwise correct
`schema_version`.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import FileRule

RULE = FileRule(
    code="VER002",
    name="unknown-version",
    severity=Severity.ERROR,
    since="0.1",
    good=b'{"schema_version": 3, "name": "x", "definition": ["y"], "instances": []}',
    bad=b'{"schema_version": 99, "name": "x", "definition": ["y"], "instances": []}',
)

"""The file is JSON, but not a task.

A task is one JSON object with `schema_version`, or with the Title Case keys of the older versions.
Move the file out of the folder of tasks, or add the missing keys.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import FileRule

RULE = FileRule(
    code="VER001",
    name="not-a-task",
    severity=Severity.ERROR,
    since="0.1",
    good=b'{"schema_version": 3, "name": "x", "definition": ["y"], "instances": []}',
    bad=b'["a", "list"]',
)

"""The file is not in canonical form.

Each schema version has one canonical layout, so that a diff of a task shows changed rows and no
changed layout. Run `taskschema fmt`, which changes only the layout and the order of keys.
"""

from taskschema.core.findings import Applicability, Severity
from taskschema.core.syntax import strict_json
from taskschema.rules.rule import FileRule
from taskschema.schema import canonical, versions


def canonical_bytes(raw: bytes) -> bytes:
    """Return the document in canonical form; bytes that are not a task are returned unchanged."""
    document, faults = strict_json.parse(raw)
    version = versions.version_of(document) if isinstance(document, dict) else None
    if faults or version not in versions.VERSIONS or not versions.fits(document, version):
        return raw
    return canonical.dumps(document, version)


RULE = FileRule(
    code="FIL012",
    name="not-canonical",
    severity=Severity.WARNING,
    since="0.1",
    fix=Applicability.SAFE,
    repair=canonical_bytes,
    good=b'{\n  "schema_version": 3,\n  "name": "x",\n  "definition": [\n    "Answer."\n  ],\n'
    b'  "instances": [\n    {"id": "1", "input": "One?", "output": ["one"]}\n  ]\n}\n',
    bad=b'{"schema_version": 3, "name": "x", "definition": ["Answer."],'
    b' "instances": [{"id": "1", "input": "One?", "output": ["one"]}]}',
)

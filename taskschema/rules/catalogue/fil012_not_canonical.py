"""The file is not in canonical form.

Each schema version is written in one way, so that a diff of a task is a diff of its rows and not of
its layout. Run `taskschema fmt`, which changes the layout and the order of keys and nothing else.
"""

from taskschema.core.findings import Applicability, Severity
from taskschema.core.syntax import strict_json
from taskschema.rules.rule import FileRule
from taskschema.schema import canonical, versions


def mend(raw: bytes) -> bytes:
    """The same document in canonical form; bytes that are no task stay as they are."""
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
    mend=mend,
    good=b'{\n  "schema_version": 3,\n  "name": "x",\n  "definition": [\n    "Answer."\n  ],\n'
    b'  "instances": [\n    {"id": "1", "input": "One?", "output": ["one"]}\n  ]\n}\n',
    bad=b'{"schema_version": 3, "name": "x", "definition": ["Answer."],'
    b' "instances": [{"id": "1", "input": "One?", "output": ["one"]}]}',
)

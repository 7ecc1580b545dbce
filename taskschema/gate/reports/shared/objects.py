"""Findings as objects of the JSON formats."""

from typing import Any

from taskschema.core.findings import Edit, Finding

__all__ = ["as_object"]


def as_object(finding: Finding) -> dict[str, Any]:
    """Return every field but the excerpt, which is for people; `fix` only if there is one.

    Edits are written as operations of JSON Patch (RFC 6902). Unlike there, all paths refer to the
    document before the first edit.
    """
    fields: dict[str, Any] = {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "path": finding.path,
        "pointer": finding.pointer,
        "line": finding.line,
        "column": finding.column,
        "message": finding.message,
        "instance": finding.instance,
    }
    if finding.fix:
        edits = [_operation(edit) for edit in finding.fix.edits]
        fields["fix"] = {"applicability": finding.fix.applicability, "edits": edits}
    return fields


def _operation(edit: Edit) -> dict[str, Any]:
    operation = {"op": edit.action, "path": edit.pointer}
    return operation if edit.action == "remove" else {**operation, "value": edit.value}

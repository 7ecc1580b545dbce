"""A finding as the object that the JSON formats write."""

from typing import Any

from taskschema.core.findings import Edit, Finding

__all__ = ["as_object"]


def as_object(finding: Finding) -> dict[str, Any]:
    """Every field but the excerpt, which is for people; a fix only where there is one.

    Its edits are written as operations of JSON Patch (RFC 6902), but unlike there, all paths lead
    into the document as it was before the first of them.
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

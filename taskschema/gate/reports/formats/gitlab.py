"""The Code Quality format of GitLab.

See https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
"""

from typing import Any

import orjson

from taskschema.core.findings import Finding, Report, Severity
from taskschema.gate.reports.reporter import Reporter
from taskschema.gate.reports.shared.fingerprints import fingerprints
from taskschema.gate.reports.shared.phrases import message_with_pointer

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def render(report: Report) -> str:
    """Return one JSON list with all findings of the report."""
    marks = fingerprints(report.findings)
    issues = [_issue(*pair) for pair in zip(report.findings, marks, strict=True)]
    return orjson.dumps(issues, option=orjson.OPT_INDENT_2).decode() + "\n"


def _issue(finding: Finding, fingerprint: str) -> dict[str, Any]:
    place = {"line": finding.line, "column": finding.column}
    return {
        "check_name": finding.code,
        "description": f"{finding.code} {finding.name}: {message_with_pointer(finding)}",
        "severity": SEVERITIES[finding.severity],
        "fingerprint": fingerprint,
        "location": {"path": finding.path, "positions": {"begin": place, "end": place}},
    }


REPORTER = Reporter(render=render)

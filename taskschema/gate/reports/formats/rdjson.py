"""The diagnostic format of reviewdog, rdjson.

See https://github.com/reviewdog/reviewdog/tree/master/proto/rdf.
"""

from typing import Any

import orjson

from taskschema.core.findings import Finding, Report
from taskschema.gate.reports.reporter import Reporter
from taskschema.gate.reports.shared.phrases import message_with_pointer
from taskschema.gate.reports.shared.rules import rule_url


def render(report: Report) -> str:
    """One JSON object of every finding in the report."""
    source = {"name": "taskschema", **({"url": rule_url()} if rule_url() else {})}
    document = {
        "source": source,
        "diagnostics": [_diagnostic(finding) for finding in report.findings],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode() + "\n"


def _diagnostic(finding: Finding) -> dict[str, Any]:
    url = rule_url(finding.code)
    return {
        "message": f"{finding.name}: {message_with_pointer(finding)}",
        "location": {"path": finding.path, "range": {"start": _position(finding)}},
        "severity": finding.severity.upper(),
        "code": {"value": finding.code, **({"url": url} if url else {})},
    }


def _position(finding: Finding) -> dict[str, int]:
    """Line and column; reviewdog counts columns in bytes, which only the line itself can tell.

    An excerpt that starts where the line does has as many characters before the fault as the
    column says; without one, only the first column is known, and any other is left out.
    """
    position = {"line": finding.line}
    if finding.column == 1:
        return {**position, "column": 1}
    if finding.excerpt and finding.caret == finding.column - 1:
        return {**position, "column": len(finding.excerpt[: finding.caret].encode()) + 1}
    return position


REPORTER = Reporter(render=render)

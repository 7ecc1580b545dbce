"""rdjson, the diagnostic format of reviewdog.

See https://github.com/reviewdog/reviewdog/tree/master/proto/rdf.
"""

from typing import Any

import orjson

from taskschema.core.findings import Finding, Report
from taskschema.gate.reports.reporter import Reporter
from taskschema.gate.reports.shared.phrases import message_with_pointer
from taskschema.gate.reports.shared.rules import rule_url


def render(report: Report) -> str:
    """Return one JSON object with all findings of the report."""
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
    """Return line and column; reviewdog counts columns in bytes, so the line's text is needed.

    If the excerpt starts with the line, its text before the caret gives the column in bytes.
    Otherwise the column is omitted, unless it is the first one.
    """
    position = {"line": finding.line}
    if finding.column == 1:
        return {**position, "column": 1}
    if finding.excerpt and finding.caret == finding.column - 1:
        return {**position, "column": len(finding.excerpt[: finding.caret].encode()) + 1}
    return position


REPORTER = Reporter(render=render)

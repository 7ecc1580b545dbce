"""JSON Lines: one finding per line, the same objects as in the JSON report."""

import orjson

from taskschema.core.findings import Report
from taskschema.gate.reports.reporter import Reporter
from taskschema.gate.reports.shared.objects import as_object


def render(report: Report) -> str:
    """Return JSON Lines, sorted by path, line and code; empty without findings."""
    return "".join(
        orjson.dumps(as_object(finding), option=orjson.OPT_APPEND_NEWLINE).decode()
        for finding in report.findings
    )


REPORTER = Reporter(render=render)

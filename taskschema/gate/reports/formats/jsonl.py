"""One finding per line, each the same object as in the JSON report; no line where all is well."""

import orjson

from taskschema.core.findings import Report
from taskschema.gate.reports.reporter import Reporter
from taskschema.gate.reports.shared.objects import as_object


def render(report: Report) -> str:
    """JSON Lines, sorted by path, line and code."""
    return "".join(
        orjson.dumps(as_object(finding), option=orjson.OPT_APPEND_NEWLINE).decode()
        for finding in report.findings
    )


REPORTER = Reporter(render=render)

"""JSON for other programs: all findings with all fields; counts are never capped."""

import orjson

from taskschema.core.findings import Report
from taskschema.gate.reports.reporter import Reporter
from taskschema.gate.reports.shared.objects import as_object
from taskschema.schema.versions import NEWEST


def render(report: Report) -> str:
    """Return one JSON object, with findings sorted by path, line and code."""
    document = {
        "schema_version": NEWEST,
        "files": report.files,
        "counts": report.counts,
        "findings": [as_object(finding) for finding in report.findings],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode() + "\n"


REPORTER = Reporter(render=render)

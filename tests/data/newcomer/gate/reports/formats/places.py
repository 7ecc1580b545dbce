"""The place and code of each finding, one a line."""

from taskschema.core.findings import Report
from taskschema.gate.reports.reporter import Reporter


def render(report: Report) -> str:
    """Return a line for each finding."""
    return "".join(f"{one.path} {one.pointer} {one.code}\n" for one in report.findings)


REPORTER = Reporter(render=render)

"""One HTML page: result, counts, plots, and the findings by rule and by file."""

from taskschema.gate.reports.page import MOST_HERE, page
from taskschema.gate.reports.reporter import Reporter

REPORTER = Reporter(render=page, most=MOST_HERE)

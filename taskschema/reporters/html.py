"""One page for people: verdict, counts, plots, and the findings by rule and by file."""

from taskschema.page import MOST_HERE, page
from taskschema.reporters import Reporter

REPORTER = Reporter(render=page, most=MOST_HERE)

"""Annotations of GitHub Actions: workflow commands in the output.

GitHub shows at most 10 errors and 10 warnings of a step, so only as many are written, from as many
files and rules as possible. The last line is the summary.
See https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
"""

from collections.abc import Iterator

from taskschema.core.findings import Finding, Report, Severity
from taskschema.core.text.printing import printable, several
from taskschema.gate.reports.reporter import Reporter
from taskschema.gate.reports.shared.phrases import interleaved, message_with_pointer, summary_line

MOST_SHOWN = 10  # annotations of each severity that GitHub shows
IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
IN_PROPERTY = IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(report: Report) -> str:
    """Return a command for each finding that GitHub shows, errors first, then the summary."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    shown = 0
    for severity in Severity:
        found = [finding for finding in report.findings if finding.severity is severity]
        chosen = sorted(interleaved(found)[:MOST_SHOWN], key=lambda finding: finding.order)
        yield from map(_command, chosen)
        shown += len(chosen)
    if shown < sum(report.tallies.values()):
        yield f"{summary_line(report)} {several(shown, 'finding')} annotated."
    else:
        yield summary_line(report)


def _command(finding: Finding) -> str:
    properties: dict[str, str | int] = {
        "title": f"taskschema ({finding.code})",
        "file": finding.path,
        "line": finding.line,
        "col": finding.column,
    }
    written = ",".join(f"{key}={_escaped(value)}" for key, value in properties.items())
    place = f"{finding.path}:{finding.line}:{finding.column}"
    data = f"{place}: {finding.code} {finding.name}: {message_with_pointer(finding)}"
    return f"::{finding.severity} {written}::{printable(data.translate(IN_DATA))}"


def _escaped(value: str | int) -> str:
    return printable(str(value).translate(IN_PROPERTY))


REPORTER = Reporter(render=render)

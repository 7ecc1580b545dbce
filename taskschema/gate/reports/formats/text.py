"""Text for terminals: one line per finding, followed by an excerpt of the file.

The line of a finding has a fixed form that editors and scripts can parse:
`path:line:column: severity CODE name: pointer: message`. Excerpts are indented. Only the first
findings of a rule in a file are listed, and the rest are counted.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from taskschema.core.findings import Applicability, Finding, Report, Severity
from taskschema.core.text.printing import printable
from taskschema.core.text.wrapping import display_width
from taskschema.gate.reports.reporter import Reporter
from taskschema.gate.reports.shared.phrases import (
    message_with_pointer,
    next_step,
    summary_line,
    totals_by_file,
    unlisted_count,
)

TAB = " " * 4
RESET, BOLD = "\x1b[0m", "\x1b[1m"
SHADES = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}


def render(report: Report) -> str:
    """Return the findings, then the summary."""
    return _text(report, coloured=False)


def coloured(report: Report) -> str:
    """Return the same text with path, severity and code in color, for a terminal."""
    return _text(report, coloured=True)


def lines(report: Report, *, coloured: bool = False) -> Iterator[str]:
    """Yield the lines of the findings, and one line per rule with unlisted findings in a file."""
    counts = totals_by_file(report)
    width = max((len(str(finding.line)) for finding in report.findings), default=0)
    for path, findings in groupby(report.findings, key=lambda finding: finding.path):
        shown: Counter[tuple[str, str]] = Counter()
        for finding in findings:
            rule = (finding.code, finding.name)
            shown[rule] += 1
            yield _line(finding, coloured=coloured)
            if finding.excerpt:
                yield from _excerpt(finding, width)
        for (code, name), count in shown.items():
            if rest := counts[path][code] - count:
                place = _paint(printable(path), BOLD, coloured=coloured)
                yield f"{place}: ... and {rest:,} more {code} {name} here"


def _text(report: Report, *, coloured: bool) -> str:
    parts = (*lines(report, coloured=coloured), *_summary(report))
    return "".join(f"{line}\n" for line in parts)


def _line(finding: Finding, *, coloured: bool) -> str:
    place = _paint(printable(finding.path), BOLD, coloured=coloured)
    kind = f"{finding.severity} {finding.code}"
    kind = _paint(kind, SHADES[finding.severity], coloured=coloured)
    rest = printable(f"{finding.name}: {message_with_pointer(finding)}")
    return f"{place}:{finding.line}:{finding.column}: {kind} {rest}"


def _excerpt(finding: Finding, width: int) -> Iterator[str]:
    """Yield the line of the file, and a caret under the place."""
    line = finding.excerpt.rstrip("\r\n")
    before, after = _plain(line[: finding.caret]), _plain(line[finding.caret :])
    yield f"  {finding.line:>{width}} | {before}{after}".rstrip()
    yield f"  {'':{width}} | {' ' * display_width(before)}^"


def _plain(text: str) -> str:
    return printable(text.replace("\t", TAB))


def _paint(text: str, code: str, *, coloured: bool) -> str:
    return f"{code}{text}{RESET}" if coloured else text


def _summary(report: Report) -> Iterator[str]:
    yield from _fixable(report)
    yield summary_line(report)
    if report.tallies:
        yield next_step(report)


def _fixable(report: Report) -> Iterator[str]:
    """Yield the number of fixable findings, counting only those in the report."""
    kinds = Counter(finding.fix.applicability for finding in report.findings if finding.fix)
    safe, unsafe = kinds[Applicability.SAFE], kinds[Applicability.UNSAFE]
    least = "at least " if unlisted_count(report) else ""
    parts = [f"{least}{safe:,} with `--fix`"] if safe else []
    parts += [f"{least}{unsafe:,} with `--unsafe-fixes`"] if unsafe else []
    if parts:
        yield f"Fixable: {', '.join(parts)}."


REPORTER = Reporter(render=render, coloured=coloured, most=5)

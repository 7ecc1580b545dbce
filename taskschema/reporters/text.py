"""One line for each finding, for people; many hits of one rule in one file are summed up."""

from collections import Counter
from collections.abc import Iterator

from taskschema.findings import Report, Severity
from taskschema.reporters import Reporter
from taskschema.text import several

MOST_SHOWN = 5  # findings of one rule in one file


def render(report: Report) -> str:
    """The findings as `path:line:column: severity CODE name: pointer message`, then the sums."""
    return "".join(f"{line}\n" for line in (*lines(report), *_summary(report)))


def lines(report: Report) -> Iterator[str]:
    """One line for each finding that is shown, and one for those of a rule that are not."""
    made = Counter((finding.path, finding.code) for finding in report.findings)
    totals: Counter[tuple[str, str]] = Counter()
    for about, count in report.tallies.items():
        totals[about.path, about.code] += count
    shown: Counter[tuple[str, str]] = Counter()
    for finding in report.findings:
        about = (finding.path, finding.code)
        shown[about] += 1
        if shown[about] <= MOST_SHOWN:
            yield (
                f"{finding.path}:{finding.line}:{finding.column}: {finding.severity} "
                f"{finding.code} {finding.name}: {' '.join(_subject(finding.pointer))}"
                f"{finding.message}"
            )
        if shown[about] == made[about] and totals[about] > MOST_SHOWN:
            rest = totals[about] - min(MOST_SHOWN, made[about])
            yield f"{finding.path}: ... and {rest:,} more {finding.code} {finding.name} here"


def _subject(pointer: str) -> Iterator[str]:
    if pointer:
        yield f"{pointer}: "


def _summary(report: Report) -> Iterator[str]:
    files = several(report.files, "file")
    if not report.findings:
        yield f"{files} checked, nothing found."
        return
    errors = several(report.count(Severity.ERROR), "error")
    warnings = several(report.count(Severity.WARNING), "warning")
    yield f"{files} checked: {errors}, {warnings}."
    codes = list(report.counts)
    subject = codes[0] if len(codes) == 1 else "CODE"
    yield f"`taskschema explain {subject}` says why and how to mend it."


REPORTER = Reporter(render, most=MOST_SHOWN)

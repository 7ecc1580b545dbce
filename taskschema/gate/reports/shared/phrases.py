"""What several formats say in the same words, and count in the same way."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from taskschema.core.findings import Finding, Report, Severity, Tally
from taskschema.core.text.printing import several

__all__ = [
    "count_by_severity",
    "interleaved",
    "message_with_pointer",
    "next_step",
    "summary_line",
    "totals_by_file",
    "unlisted_count",
]


def message_with_pointer(finding: Finding) -> str:
    """The message, after the pointer that is its subject if there is one."""
    return f"{finding.pointer}: {finding.message}" if finding.pointer else finding.message


def summary_line(report: Report) -> str:
    """How many files were looked at, and what was found in them."""
    files = several(report.files, "file")
    if not report.tallies:
        return f"{files} checked, nothing found."
    return f"{files} checked: {count_by_severity(report.tallies)}."


def count_by_severity(tallies: Mapping[Tally, int]) -> str:
    """How many errors and warnings these are."""
    counts: Counter[Severity] = Counter()
    for tally, count in tallies.items():
        counts[tally.severity] += count
    errors = several(counts[Severity.ERROR], "error")
    return f"{errors}, {several(counts[Severity.WARNING], 'warning')}"


def next_step(report: Report) -> str:
    """The command that says more."""
    codes = list(report.counts)
    subject = codes[0] if len(codes) == 1 else "CODE"
    return f"`taskschema explain {subject}` says why and how to mend it."


def totals_by_file(report: Report) -> dict[str, dict[str, int]]:
    """How many findings each code has in each file, by path and code; never capped."""
    counts: dict[str, dict[str, int]] = {}
    for (path, code, _), count in report.tallies.items():
        of_file = counts.setdefault(path, {})
        of_file[code] = of_file.get(code, 0) + count
    return counts


def unlisted_count(report: Report) -> int:
    """How many findings are counted, but not in the report."""
    return sum(report.tallies.values()) - len(report.findings)


def interleaved(findings: Iterable[Finding]) -> list[Finding]:
    """The findings so that the first ones are of as many files, then rules, as there are."""
    by_rule = _round_robin(findings, lambda finding: (finding.path, finding.code))
    return _round_robin(by_rule, lambda finding: finding.path)


def _round_robin(findings: Iterable[Finding], group: Callable[[Finding], Any]) -> list[Finding]:
    """The first of every group, then the second of every group, and so on."""
    seen: Counter[Any] = Counter()

    def ranks() -> Iterator[tuple[int, Finding]]:
        for finding in findings:
            yield seen[group(finding)], finding
            seen[group(finding)] += 1

    return [finding for _, finding in sorted(ranks(), key=lambda ranked: ranked[0])]

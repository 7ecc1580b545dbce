"""Phrases and counts that several formats share."""

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
    """Return the message, preceded by the pointer if there is one."""
    return f"{finding.pointer}: {finding.message}" if finding.pointer else finding.message


def summary_line(report: Report) -> str:
    """Return the number of checked files, errors and warnings in one sentence."""
    files = several(report.files, "file")
    if not report.tallies:
        return f"{files} checked, nothing found."
    return f"{files} checked: {count_by_severity(report.tallies)}."


def count_by_severity(tallies: Mapping[Tally, int]) -> str:
    """Return the number of errors and warnings, as in `2 errors, 1 warning`."""
    counts: Counter[Severity] = Counter()
    for tally, count in tallies.items():
        counts[tally.severity] += count
    errors = several(counts[Severity.ERROR], "error")
    return f"{errors}, {several(counts[Severity.WARNING], 'warning')}"


def next_step(report: Report) -> str:
    """Return the command that explains the findings."""
    codes = list(report.counts)
    subject = codes[0] if len(codes) == 1 else "CODE"
    return f"Run `taskschema explain {subject}` to see why and how to fix it."


def totals_by_file(report: Report) -> dict[str, dict[str, int]]:
    """Return the number of findings by path and code; never capped."""
    counts: dict[str, dict[str, int]] = {}
    for (path, code, _), count in report.tallies.items():
        by_code = counts.setdefault(path, {})
        by_code[code] = by_code.get(code, 0) + count
    return counts


def unlisted_count(report: Report) -> int:
    """Return the number of findings that are counted but not in the report."""
    return sum(report.tallies.values()) - len(report.findings)


def interleaved(findings: Iterable[Finding]) -> list[Finding]:
    """Order findings so that the first ones cover as many files, then rules, as possible."""
    by_rule = _round_robin(findings, lambda finding: (finding.path, finding.code))
    return _round_robin(by_rule, lambda finding: finding.path)


def _round_robin(findings: Iterable[Finding], group: Callable[[Finding], Any]) -> list[Finding]:
    """Return the first finding of every group, then the second of every group, and so on."""
    seen: Counter[Any] = Counter()

    def ranks() -> Iterator[tuple[int, Finding]]:
        for finding in findings:
            yield seen[group(finding)], finding
            seen[group(finding)] += 1

    return [finding for _, finding in sorted(ranks(), key=lambda ranked: ranked[0])]

"""The number of findings of each rule, the most frequent first."""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Report
from taskschema.gate.reports.shared.rules import rule_text, severities

__all__ = ["statistics"]

MARKS = {Applicability.SAFE: "[*]", Applicability.UNSAFE: "[-]", None: "[ ]"}
LEGEND = {
    Applicability.SAFE: "[*] fixable with `--fix`",
    Applicability.UNSAFE: "[-] fixable with `--unsafe-fixes`",
}


def statistics(report: Report) -> str:
    """Return a line per code, `count code severity [*] name`; empty without findings."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    worst = severities(report)
    ranked = sorted(report.counts.items(), key=lambda entry: (-entry[1], entry[0]))
    width = max((len(f"{count:,}") for _, count in ranked), default=0)
    longest = max(map(len, worst.values()), default=0)
    for code, count in ranked:
        rule = rule_text(code)
        row = f"{count:>{width},}  {code}  {worst[code]:{longest}}  {MARKS[rule.fix]} {rule.name}"
        yield row.rstrip()
    kinds = {rule_text(code).fix for code, _ in ranked}
    yield from (text for kind, text in LEGEND.items() if kind in kinds)

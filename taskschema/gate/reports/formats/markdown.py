"""For the body of a pull request, a comment or a job summary: GitHub Flavored Markdown.

Whatever comes from a contributed file stands in code spans or escaped inside `<code>`, where
GitHub makes neither links nor mentions of it, and HTML has no meaning.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from taskschema.core.findings import Finding, Report, Severity, Tally
from taskschema.core.text.printing import printable, several
from taskschema.gate.reports.reporter import Reporter
from taskschema.gate.reports.shared.phrases import (
    count_by_severity,
    interleaved,
    message_with_pointer,
    next_step,
    summary_line,
)
from taskschema.gate.reports.shared.rules import rule_text, rule_url, severities

LARGEST = 65_000
"""Bytes. GitHub takes 65,536 characters; counted in bytes it fits, whatever a character is."""
MOST_SHOWN = 10  # findings of one file
FEW = 3  # findings of one file that need no folding
BACKTICKS = re.compile("`+")
LONGEST = 300  # characters of one finding; keys may be as long as a contributor likes


def render(report: Report) -> str:
    """A headline, the counts by rule, then the findings by file, as long as there is room."""
    head = [f"### {summary_line(report).removesuffix('.')}\n", *_table(report)]
    room = LARGEST - sum(map(_size, head)) - _size(_foot(report, 0))
    parts: list[str] = []
    shown = 0
    for part, count in _files(report):
        if (room := room - _size(part)) < 0:
            break
        parts.append(part)
        shown += count
    return "".join((*head, *parts, _foot(report, shown)))


def _size(text: str) -> int:
    return len(text.encode())


def _table(report: Report) -> Iterator[str]:
    if not report.tallies:
        return
    yield "\n| count | code | name | severity | what is wrong |\n| ---: | --- | --- | --- | --- |\n"
    levels = severities(report)
    for code, count in sorted(report.counts.items(), key=lambda entry: (-entry[1], entry[0])):
        rule, url = rule_text(code), rule_url(code)
        shown = f"[{_code(code)}]({url})" if url else _code(code)
        cells = (f"{count:,}", shown, rule.name, levels[code], rule.title)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def _files(report: Report) -> Iterator[tuple[str, int]]:
    """The text about each file, those with errors first, and how many findings it shows."""
    tallies: dict[str, dict[Tally, int]] = {}
    for tally, count in report.tallies.items():
        tallies.setdefault(tally.path, {})[tally] = count
    findings: dict[str, list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault(finding.path, []).append(finding)
    for path in sorted(tallies, key=lambda path: (not _fails(tallies[path]), path)):
        chosen = interleaved(findings.get(path, ()))
        chosen.sort(key=lambda finding: finding.severity is not Severity.ERROR)
        chosen = sorted(chosen[:MOST_SHOWN], key=lambda finding: finding.order)
        yield "".join(_file(path, tallies[path], chosen)), len(chosen)


def _fails(tallies: Iterable[Tally]) -> bool:
    return any(tally.severity is Severity.ERROR for tally in tallies)


def _file(path: str, tallies: Mapping[Tally, int], chosen: Sequence[Finding]) -> Iterator[str]:
    """The findings of one file, folded where they are many."""
    name = f"<code>{escape(_line(path))}</code>: {count_by_severity(tallies)}"
    rest = sum(tallies.values()) - len(chosen)
    folded = rest > 0 or len(chosen) > FEW
    yield f"\n<details>\n<summary>{name}</summary>\n\n" if folded else f"\n<p>{name}</p>\n\n"
    for finding in chosen:
        place = f"line {finding.line}, {finding.severity} {_code(finding.code)}"
        yield f"- {place}: {_code(message_with_pointer(finding))}\n"
    if rest > 0:
        yield f"- and {rest:,} more\n"
    if folded:
        yield "\n</details>\n"


def _foot(report: Report, shown: int) -> str:
    if not report.tallies:
        return ""
    rest = sum(report.tallies.values()) - shown
    left = f"{several(rest, 'finding')} not listed here. " if rest else ""
    return f"\n{left}{next_step(report)}\n"


def _code(text: str) -> str:
    """A code span; its fence is longer than any row of backticks inside."""
    line = _line(text)
    fence = "`" * (max(map(len, BACKTICKS.findall(line)), default=0) + 1)
    # One space after and before the fence is not part of the text.
    return (
        f"{fence} {line} {fence}" if "`" in line or line.strip() != line else fence + line + fence
    )


def _line(text: str) -> str:
    """The text on one line, cut where it is long."""
    line = printable(text[:LONGEST])
    return f"{line}..." if len(text) > LONGEST else line


REPORTER = Reporter(render=render, most=20)

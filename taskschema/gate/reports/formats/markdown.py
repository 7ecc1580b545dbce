"""GitHub Flavored Markdown for a pull request, a comment or a job summary.

Text from contributed files is written in code spans, or escaped inside `<code>`. There GitHub
renders no HTML, no links and no mentions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from taskschema.core.findings import Finding, Report, Severity, Tally
from taskschema.core.text.markdown import code_span, table_cell
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

MAX_BYTES = 65_000
"""GitHub accepts 65,536 characters; a limit in bytes holds for every alphabet."""
MAX_PER_FILE = 10  # findings
MAX_UNFOLDED = 3  # findings of one file
MAX_LENGTH = 300  # characters of one finding; a key can be of any length


def render(report: Report) -> str:
    """Return a headline, the counts by rule, then the findings by file, up to the size limit."""
    head = [f"### {summary_line(report).removesuffix('.')}\n", *_table(report)]
    room = MAX_BYTES - sum(map(_size, head)) - _size(_foot(report, 0))
    parts: list[str] = []
    listed = 0
    for part, count in _files(report):
        if (room := room - _size(part)) < 0:
            break
        parts.append(part)
        listed += count
    return "".join((*head, *parts, _foot(report, listed)))


def _size(text: str) -> int:
    return len(text.encode())


def _table(report: Report) -> Iterator[str]:
    if not report.tallies:
        return
    yield "\n| count | code | name | severity | what is wrong |\n| ---: | --- | --- | --- | --- |\n"
    worst = severities(report)
    for code, count in sorted(report.counts.items(), key=lambda entry: (-entry[1], entry[0])):
        rule, url = rule_text(code), rule_url(code)
        span = code_span(_one_line(code))
        linked = f"[{span}]({url})" if url else span
        cells = (f"{count:,}", linked, rule.name, worst[code], rule.title)
        yield f"| {' | '.join(map(table_cell, cells))} |\n"


def _files(report: Report) -> Iterator[tuple[str, int]]:
    """Yield the text for each file and how many findings it lists; files with errors first."""
    tallies: dict[str, dict[Tally, int]] = {}
    for tally, count in report.tallies.items():
        tallies.setdefault(tally.path, {})[tally] = count
    findings: dict[str, list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault(finding.path, []).append(finding)
    for path in sorted(tallies, key=lambda path: (not _has_errors(tallies[path]), path)):
        chosen = interleaved(findings.get(path, ()))
        chosen.sort(key=lambda finding: finding.severity is not Severity.ERROR)
        chosen = sorted(chosen[:MAX_PER_FILE], key=lambda finding: finding.order)
        yield "".join(_file(path, tallies[path], chosen)), len(chosen)


def _has_errors(tallies: Iterable[Tally]) -> bool:
    return any(tally.severity is Severity.ERROR for tally in tallies)


def _file(path: str, tallies: Mapping[Tally, int], chosen: Sequence[Finding]) -> Iterator[str]:
    """Yield the lines for one file, folded if there are many findings."""
    name = f"<code>{escape(_one_line(path))}</code>: {count_by_severity(tallies)}"
    rest = sum(tallies.values()) - len(chosen)
    folded = rest > 0 or len(chosen) > MAX_UNFOLDED
    yield f"\n<details>\n<summary>{name}</summary>\n\n" if folded else f"\n<p>{name}</p>\n\n"
    for finding in chosen:
        code = code_span(_one_line(finding.code))
        message = code_span(_one_line(message_with_pointer(finding)))
        yield f"- line {finding.line}, {finding.severity} {code}: {message}\n"
    if rest > 0:
        yield f"- and {rest:,} more\n"
    if folded:
        yield "\n</details>\n"


def _foot(report: Report, listed: int) -> str:
    if not report.tallies:
        return ""
    rest = sum(report.tallies.values()) - listed
    unlisted = f"{several(rest, 'finding')} not listed here. " if rest else ""
    return f"\n{unlisted}{next_step(report)}\n"


def _one_line(text: str) -> str:
    """Return the text with line breaks escaped, cut to the maximum length."""
    line = printable(text[:MAX_LENGTH])
    return f"{line}..." if len(text) > MAX_LENGTH else line


REPORTER = Reporter(render=render, most=20)

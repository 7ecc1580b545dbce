"""What all formats have in common, then the text and JSON formats.

The other formats are tested in test_report_services, test_report_standards and
test_report_markdown.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from rich.cells import cell_len
from support import reports
from support.reports import every_report, finding, rendered

from taskschema.core.findings import Applicability, Finding, Fix, Report, Severity
from taskschema.core.text.wrapping import display_width
from taskschema.gate.reports.formats.text import REPORTER
from taskschema.gate.reports.reporter import REPORTERS as ALL_REPORTERS
from taskschema.gate.reports.shared.rules import rule_text
from taskschema.gate.reports.shared.statistics import statistics
from taskschema.rules.registry import all_rules

LINE = re.compile(
    r"(?P<path>\S.*?):(?P<line>\d+):(?P<column>\d+): (?P<severity>error|warning) "
    r"(?P<code>[A-Z]{3}\d{3}) (?P<name>.*?): (?P<rest>.*)"
)
MORE = re.compile(r"\.\.\. and ([\d,]+) more")
STYLE = re.compile("\x1b\\[[0-9;]*m")
PAINTED = re.compile("\x1b\\[[0-9;]+m([^\x1b]*)\x1b\\[0m")


def number(text: str) -> int:
    return int(text.replace(",", ""))


def sum_of(pattern: str, text: str) -> int:
    return sum(map(number, re.findall(pattern, text, re.MULTILINE)))


def junit_total(text: str) -> int:
    outcomes = [found for found in ET.fromstring(text).iter() if found.get("type")]  # noqa: S314
    bodies = [found.text or "" for found in outcomes]
    listed = sum(len(re.findall(r"^\d+:\d+: ", body, re.MULTILINE)) for body in bodies)
    return listed + sum_of(MORE.pattern, "\n".join(bodies))


def sarif_total(text: str) -> int:
    run = json.loads(text)["runs"][0]
    notes = run["invocations"][0].get("toolExecutionNotifications", [])
    rest = sum(number(note["message"]["text"].partition(" ")[0]) for note in notes)
    return len(run["results"]) + rest


def text_total(text: str) -> int:
    lines = [line for line in text.splitlines() if LINE.fullmatch(line)]
    return len(lines) + sum_of(MORE.pattern, text)


# The number of findings that a format reports: all counted findings, or those in the report.
ALL: dict[str, Callable[[str], int]] = {
    "github": lambda text: sum_of(r"([\d,]+) (?:error|warning)s?\b", text.splitlines()[-1]),
    "json": lambda text: sum(json.loads(text)["counts"].values()),
    "junit": junit_total,
    "markdown": lambda text: sum_of(r"^\| ([\d,]+) \|", text),
    "sarif": sarif_total,
    "text": text_total,
}
LISTED: dict[str, Callable[[str], int]] = {
    "gitlab": lambda text: len(json.loads(text)),
    "jsonl": lambda text: text.count("\n"),
    "rdjson": lambda text: len(json.loads(text)["diagnostics"]),
}


# tests/gate/test_html_report.py covers the page.
NAMES = [name for name in ALL_REPORTERS.names() if name != "html"]


def test_every_format_has_a_test() -> None:
    assert {*ALL, *LISTED} == set(NAMES)


@every_report
@pytest.mark.parametrize("name", NAMES)
def test_every_report_can_be_written(name: str, report: Callable[[], Report]) -> None:
    text = rendered(name, report())
    assert text == rendered(name, report())
    assert not text or text.endswith("\n")
    text.encode()
    assert "\x1b" not in text
    total = sum(report().tallies.values()) if name in ALL else len(report().findings)
    assert (ALL | LISTED)[name](text) == total


def written(*findings: Finding, **fields: Any) -> list[str]:
    """Return the lines of the text format for some findings."""
    return rendered("text", Report.of(1, findings, **fields)).splitlines()


def test_the_text_shows_the_line_of_the_file() -> None:
    error = finding(line=66, column=16, pointer="", excerpt='    "output": [" "]', caret=15)
    warning = finding(
        code="TAX001",
        name="unknown-term",
        severity=Severity.WARNING,
        pointer="/categories/0",
        line=7,
        column=5,
        message='"Numbers" is no term.',
        excerpt='    "Numbers"\r\n',
        caret=4,
    )
    whole = finding(code="FIL003", name="not-utf8", pointer="", line=1, column=1)
    assert written(error, warning, whole) == [
        "tasks/one.json:1:1: error FIL003 not-utf8: is blank. Write the answer.",
        'tasks/one.json:7:5: warning TAX001 unknown-term: /categories/0: "Numbers" is no term.',
        '   7 |     "Numbers"',
        "     |     ^",
        "tasks/one.json:66:16: error INS005 blank-output: is blank. Write the answer.",
        '  66 |     "output": [" "]',
        "     |                ^",
        "1 file checked: 2 errors, 1 warning.",
        "Run `taskschema explain CODE` to see why and how to fix it.",
    ]


def test_a_finding_without_excerpt_is_one_line() -> None:
    assert written(finding())[1:] == [
        "1 file checked: 1 error, 0 warnings.",
        "Run `taskschema explain INS005` to see why and how to fix it.",
    ]
    assert rendered("text", reports.empty()) == "3 files checked, nothing found.\n"


@pytest.mark.parametrize(
    "before",
    [
        '"abc',
        '\t\t"',
        '"日本語',
        '"e\u0301a\u0308',
        '"🙂🙂',
        '"한국어',
        '"\uff46\uff55\uff4c\uff4c',
        '"สวัสดี',
        '"a\x1bb\u202ec',
    ],
)
def test_the_caret_is_under_the_place(before: str) -> None:
    _, line, caret, *_ = written(finding(excerpt=f"{before}X日本", caret=len(before)))
    assert caret.endswith("^")
    assert cell_len(caret[:-1]) == cell_len(line.partition("X")[0])
    assert line.isprintable()


def test_display_width_equals_that_of_terminals() -> None:
    marks = map(chr, range(0x20, 0x3000))
    # Terminals disagree on the width of spacing marks (0 or 1), and newer versions of Unicode make
    # some symbols wide.
    plain = [
        mark for mark in marks if mark.isprintable() and unicodedata.category(mark) not in "Mc So"
    ]
    assert [mark for mark in plain if display_width(mark) != cell_len(mark)] == []


def test_many_findings_of_one_rule_are_counted_at_the_end_of_their_file() -> None:
    many = [finding(line=line) for line in range(1, 9)]
    other = [finding(line=5, code="INS006", name="blank-input"), finding(path="two", line=1)]
    report = Report.of(2, [*many, *other])
    tallies = {about: count * 1000 for about, count in report.tallies.items()}
    lines = written(*many[:5], *other, tallies=tallies)
    assert [line.partition(": ")[2][:16] for line in lines[:5]] == ["error INS005 bla"] * 5
    assert lines[5].startswith("tasks/one.json:5:9: error INS006")
    assert lines[6:10] == [
        "tasks/one.json: ... and 7,995 more INS005 blank-output here",
        "tasks/one.json: ... and 999 more INS006 blank-input here",
        "two:1:9: error INS005 blank-output: /instances/4/output/0: is blank. Write the answer.",
        "two: ... and 999 more INS005 blank-output here",
    ]


@pytest.mark.parametrize(
    ("safe", "unsafe", "says"),
    [
        (12, 3, ["Fixable: 12 with `--fix`, 3 with `--unsafe-fixes`."]),
        (1, 0, ["Fixable: 1 with `--fix`."]),
        (0, 2, ["Fixable: 2 with `--unsafe-fixes`."]),
        (0, 0, []),
    ],
)
def test_fixable_findings_are_counted(safe: int, unsafe: int, says: list[str]) -> None:
    kinds = [Applicability.SAFE] * safe + [Applicability.UNSAFE] * unsafe
    findings = [
        *(finding(path=f"{row}", fix=Fix(kind)) for row, kind in enumerate(kinds)),
        finding(path="none"),
    ]
    assert written(*findings)[len(findings) : -2] == says
    report = Report.of(1, findings)
    tallies = {about: count + 1 for about, count in report.tallies.items()}
    assert "fixable" not in "\n".join(written(*findings, tallies=tallies))


@every_report
def test_color_adds_only_escape_codes(report: Callable[[], Report]) -> None:
    assert REPORTER.coloured
    coloured = REPORTER.coloured(report())
    assert STYLE.sub("", coloured) == REPORTER.render(report())
    paths = {match for match in PAINTED.findall(coloured) if not re.match("error|warning", match)}
    assert len(paths) == len({found.path for found in report().findings})
    assert len(STYLE.findall(coloured)) == 2 * len(PAINTED.findall(coloured))


def test_the_line_of_a_finding_can_be_parsed() -> None:
    report = reports.ordinary()
    text = rendered("text", report).splitlines()
    parsed = [match for match in map(LINE.fullmatch, text) if match]
    assert [(match["path"], int(match["line"]), match["code"]) for match in parsed] == [
        (found.path, found.line, found.code) for found in report.findings
    ]


def test_json_has_every_field_but_the_excerpt() -> None:
    document = json.loads(rendered("json", reports.ordinary()))
    assert list(document) == ["schema_version", "files", "counts", "findings"]
    assert document["counts"] == {"INS005": 1, "INS007": 2}
    assert document["findings"][0] == {
        "code": "INS005",
        "name": "blank-output",
        "severity": "error",
        "path": "tasks/one.json",
        "pointer": "/instances/4/output/0",
        "line": 3,
        "column": 9,
        "message": "is blank. Write the answer.",
        "instance": "one-4",
        "fix": {
            "applicability": "unsafe",
            "edits": [
                {"op": "remove", "path": "/instances/4"},
                {"op": "add", "path": "/instances/3/output/-", "value": None},
            ],
        },
    }
    assert "fix" not in document["findings"][1]


@every_report
def test_json_lines_equal_the_findings_of_json(report: Callable[[], Report]) -> None:
    # Only a line feed ends a line; a text may contain other line separators.
    lines = rendered("jsonl", report()).split("\n")
    document = json.loads(rendered("json", report()))
    assert [json.loads(line) for line in lines[:-1]] == document["findings"]


def test_statistics_are_sorted_by_frequency() -> None:
    report = reports.ordinary()
    tallies = {about: count * 1000 for about, count in report.tallies.items()}
    marks = {rule.code: "[ ]" for rule in all_rules()}
    marks |= {rule.code: "[*]" for rule in all_rules() if rule.fix is Applicability.SAFE}
    marks |= {rule.code: "[-]" for rule in all_rules() if rule.fix is Applicability.UNSAFE}
    lines = statistics(Report.of(4, report.findings, tallies)).splitlines()
    assert lines[:2] == [
        f"2,000  INS007  warning  {marks['INS007']} stray-white-space",
        f"1,000  INS005  error    {marks['INS005']} blank-output",
    ]
    assert all("fixable with" in line for line in lines[2:])
    assert statistics(reports.empty()) == ""


def test_rule_texts_come_from_the_documentation() -> None:
    for rule in all_rules():
        text = rule_text(rule.code)
        assert (text.name, text.fix) == (rule.name, rule.fix)
        assert text.title.endswith(".")
        assert text.prose
        assert not {"Bad:", "Good:"} & set(text.prose.splitlines())
    assert rule_text("ZZZ999").title == ""


def test_statistics_count_unlisted_findings() -> None:
    report = reports.capped()
    rows = [line.split() for line in statistics(report).splitlines() if "fixable" not in line]
    assert Counter({code: number(count) for count, code, *_ in rows}) == report.counts

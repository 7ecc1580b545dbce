"""The formats of services, each against its own specification or a tool that reads it."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest
import reports
from conftest import ROOT
from reports import finding

from taskschema import plugins
from taskschema.findings import Finding, Report, Severity
from taskschema.reporters import _rules
from taskschema.rules import all_rules
from taskschema.text import printable

every_report = pytest.mark.parametrize("report", reports.REPORTS.values(), ids=reports.REPORTS)
HOME = "https://tasks.example/docs/rules.md"


def rendered(name: str, report: Report) -> str:
    text: str = plugins.load("taskschema.reporters", name, "REPORTER").render(report)
    return text


def subject(found: Finding) -> str:
    return f"{found.pointer}: {found.message}"


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the package declared where its rules are documented."""
    addresses = {"version": "1.2.3", "Rules": HOME}
    monkeypatch.setattr(_rules, "_distribution", lambda: addresses)


# GitHub: https://docs.github.com/actions/reference/workflow-commands-for-github-actions


def command(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner takes it apart: at `::`, the properties at `,` and `=`."""
    assert line.startswith("::")
    head, _, data = line.removeprefix("::").partition("::")
    kind, _, properties = head.partition(" ")
    pairs = (pair.partition("=") for pair in properties.split(","))
    return kind, {key: unescaped(value, ":,") for key, _, value in pairs}, unescaped(data, "")


def unescaped(text: str, further: str) -> str:
    for mark in f"\r\n{further}":
        text = text.replace(f"%{ord(mark):02X}", mark)
    return text.replace("%25", "%")


@every_report
def test_github_runs_no_command_but_those_of_findings(report: Callable[[], Report]) -> None:
    *lines, summary = rendered("github", report()).split("\n")[:-1]
    assert re.match(r"\d+ files? checked", summary)
    known = {(found.line, found.column, found.code) for found in report().findings}
    kinds = Counter[str]()
    for kind, properties, data in map(command, lines):
        kinds[kind] += 1
        assert list(properties) == ["title", "file", "line", "col"]
        place = (int(properties["line"]), int(properties["col"]))
        code = properties["title"].removeprefix("taskschema (").removesuffix(")")
        assert (*place, code) in known
        assert data.startswith(f"{properties['file']}:{place[0]}:{place[1]}: {code} ")
    assert set(kinds) <= {"error", "warning"}
    assert list(kinds) == sorted(kinds)
    assert max(kinds.values(), default=0) <= 10


@pytest.mark.parametrize("text", reports.HOSTILE)
def test_github_reads_what_was_meant(text: str) -> None:
    [found] = reports.hostile([text]).findings
    _, properties, data = command(rendered("github", Report.of(1, [found])).split("\n")[0])
    shown = [part if part in "\r\n" else printable(part) for part in re.split("([\r\n])", text)]
    assert properties["file"] == f"tasks/{''.join(shown)}.json"
    assert data.endswith(f"/{''.join(shown)}: {''.join(shown)}")


def test_github_spreads_over_files_and_rules() -> None:
    many = [finding(line=line, path="a") for line in range(1, 50)]
    others = [finding(path="a", code="INS006"), *(finding(path=name) for name in "bcdefgh")]
    lines = rendered("github", Report.of(8, [*many, *others])).splitlines()
    files = Counter(command(line)[1]["file"] for line in lines[:-1])
    assert files == {"a": 3, **dict.fromkeys("bcdefgh", 1)}
    assert sum("INS006" in line for line in lines) == 1
    assert lines[-1] == "8 files checked: 57 errors, 0 warnings. 10 findings annotated."


# GitLab: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format


@every_report
def test_gitlab_has_the_documented_fields(report: Callable[[], Report]) -> None:
    issues = json.loads(rendered("gitlab", report()))
    for issue, found in zip(issues, report().findings, strict=True):
        assert issue["description"].endswith(subject(found))
        assert issue["check_name"] == found.code
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["path"] == found.path
        assert not issue["location"]["path"].startswith("./")
        assert issue["location"]["positions"]["begin"]["line"] == found.line
        assert re.fullmatch("[0-9a-f]{64}", issue["fingerprint"])
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def fingerprints(*findings: Finding) -> list[str]:
    return [
        issue["fingerprint"] for issue in json.loads(rendered("gitlab", Report.of(1, findings)))
    ]


def test_a_fingerprint_outlives_rows_that_come_before() -> None:
    before = finding(instance="one-4")
    after = replace(before, line=30, column=1, pointer="/instances/31/output/0")
    assert fingerprints(before) == fingerprints(after)
    assert fingerprints(finding()) == fingerprints(finding(line=30))
    for field in ("path", "code", "message", "instance"):
        assert fingerprints(before) != fingerprints(replace(before, **{field: "other"}))
    assert fingerprints(finding()) != fingerprints(finding(pointer="/other"))


def test_equal_findings_have_fingerprints_of_their_own() -> None:
    assert fingerprints(finding())[0] == fingerprints(finding(), finding(line=9))[0]
    assert len(set(fingerprints(finding(), finding(line=9), finding()))) == 3


# SARIF: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html


def strings(node: Any) -> Iterator[str]:
    """Every text of a message (3.11) or of a multiformatMessageString (3.12)."""
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key == "text")
        for value in node.values():
            yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)


@every_report
def test_sarif_does_what_its_specification_demands(report: Callable[[], Report]) -> None:
    log = json.loads(rendered("sarif", report()))
    assert log["version"] == "2.1.0"  # 3.13.2
    [run] = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "taskschema"  # 3.19.8
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", driver["semanticVersion"])  # 3.19.12
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)  # 3.19.23
    assert run["columnKind"] == "unicodeCodePoints"  # 3.14.17
    assert run["invocations"][0]["executionSuccessful"] is True  # 3.20.14
    for result, found in zip(run["results"], report().findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == found.code  # 3.27.6
        assert result["level"] in {"none", "note", "warning", "error"}  # 3.27.10
        [place] = result["locations"]
        region = place["physicalLocation"]["region"]
        assert min(region["startLine"], region["startColumn"]) >= 1  # 3.30.5, 3.30.6
        artifact = place["physicalLocation"]["artifactLocation"]
        uri = artifact["uri"]
        assert re.fullmatch(r"(?:[\w.~/-]|%[0-9A-F]{2})+", uri, re.ASCII)  # 3.4.3, RFC 3986
        assert not uri.startswith("/")
        assert urlsplit(uri).path == uri
        assert unquote(uri) == found.path
        assert artifact["uriBaseId"]  # 3.4.4: there for a relative reference
        [logical] = place["logicalLocations"]
        assert logical["fullyQualifiedName"] == found.pointer  # 3.33.5
        assert found.pointer.endswith(f"/{logical['name']}")
        assert all(re.fullmatch(r"\w+/v\d+", key) for key in result["partialFingerprints"])
    for text in strings(log):
        assert text
        assert not re.search(r"(?<!\{)(?:\{\{)*\{(?!\{)|(?<!\})(?:\}\})*\}(?!\})", text)  # 3.11.5
        assert not re.search(r"\[[^\]]*\]\(", text)  # 3.11.6: no link that nobody meant


def test_sarif_says_where_a_file_outside_of_the_sources_is() -> None:
    paths = ["/elsewhere/a b.json", "../a.json", "tasks/a.json"]
    log = json.loads(rendered("sarif", Report.of(3, [finding(path=path) for path in paths])))
    places = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]
        for result in log["runs"][0]["results"]
    ]
    assert places == [
        {"uri": "../a.json"},
        {"uri": "file:///elsewhere/a%20b.json"},
        {"uri": "tasks/a.json", "uriBaseId": "%SRCROOT%"},
    ]
    log = json.loads(rendered("sarif", Report.of(1, [finding(pointer="")])))
    assert "logicalLocations" not in log["runs"][0]["results"][0]["locations"][0]


def test_sarif_rules_are_the_same_in_every_run() -> None:
    runs = [
        json.loads(rendered("sarif", report()))["runs"][0] for report in reports.REPORTS.values()
    ]
    first, *others = [run["tool"]["driver"]["rules"] for run in runs]
    assert [rule["id"] for rule in first] == [rule.code for rule in all_rules()]
    assert all(rules == first for rules in others)
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in first)


# JUnit: the schema of Jenkins' xUnit plug-in, junit-10.xsd

ATTRIBUTES = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "file"},
    "testcase": {"name", "time", "classname", "group"},
    "failure": {"type", "message"},
    "skipped": {"type", "message"},
}
CHILDREN = {"testsuites": "testsuite", "testsuite": "testcase", "testcase": "failure skipped"}


@every_report
def test_junit_fits_its_schema(report: Callable[[], Report]) -> None:
    root = ET.fromstring(rendered("junit", report()).encode())  # noqa: S314
    assert root.tag == "testsuites"
    for element in root.iter():
        assert set(element.keys()) <= ATTRIBUTES[element.tag]
        assert {child.tag for child in element} <= set(CHILDREN.get(element.tag, "").split())
        assert element.tag in {"testsuites", "failure", "skipped"} or element.get("name")
    tests = list(root.iter("testcase"))
    names = [(test.get("classname"), test.get("name")) for test in tests]
    assert len(set(names)) == len(names) > 0
    # A character that XML 1.0 does not have would have been refused by the parser; U+FFFE is not.
    assert printable("".join(root.itertext()).replace("\n", "")).isprintable()
    failing = {about[:2] for about in report().tallies if about.severity is Severity.ERROR}
    assert int(root.get("failures", "")) == len(failing)


@every_report
def test_junit_is_read_by_others(report: Callable[[], Report]) -> None:
    reader = pytest.importorskip("junitparser")
    suites = list(reader.JUnitXml.fromstring(rendered("junit", report()).encode()))
    paths = sorted({printable(about.path) for about in report().tallies}) or ["taskschema"]
    assert sorted(suite.name for suite in suites) == paths
    before = [(s.tests, s.failures, s.errors, s.skipped) for s in suites]
    for suite in suites:
        suite.update_statistics()
    assert [(s.tests, s.failures, s.errors, s.skipped) for s in suites] == before


def test_junit_has_a_test_for_each_rule_of_a_file() -> None:
    report = reports.ordinary()
    root = ET.fromstring(rendered("junit", report).encode())  # noqa: S314
    [blank] = root.iter("failure")
    assert blank.attrib == {
        "type": "error",
        "message": "3:9: error /instances/4/output/0: is blank. Write the answer.",
    }
    [stray] = root.iter("skipped")
    assert stray.attrib == {"type": "warning", "message": "2 findings"}
    assert (stray.text or "").splitlines() == [
        "2:9: warning /instances/0/input: ends with white space. Take it away.",
        "3:9: warning /instances/1/input: ends with white space. Take it away.",
    ]
    [well] = ET.fromstring(rendered("junit", reports.empty()).encode()).iter("testcase")  # noqa: S314
    assert (well.get("name"), list(well)) == ("3 files checked, nothing found.", [])


# reviewdog: https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto

MESSAGES: dict[str, dict[str, Any]] = {
    "DiagnosticResult": {"diagnostics": ["Diagnostic"], "source": "Source", "severity": str},
    "Diagnostic": {"message": str, "location": "Location", "severity": str, "code": "Code"},
    "Location": {"path": str, "range": "Range"},
    "Range": {"start": "Position", "end": "Position"},
    "Position": {"line": int, "column": int},
    "Source": {"name": str, "url": str},
    "Code": {"value": str, "url": str},
}


def fits(value: Any, kind: Any) -> bool:
    """Whether a value is of a kind of the protocol, with no field that it does not know."""
    if isinstance(kind, list):
        return all(fits(item, kind[0]) for item in value)
    if isinstance(kind, str):
        fields = MESSAGES[kind]
        return all(key in fields and fits(inner, fields[key]) for key, inner in value.items())
    return isinstance(value, kind)


@every_report
@pytest.mark.usefixtures("published")
def test_rdjson_fits_the_protocol(report: Callable[[], Report]) -> None:
    result = json.loads(rendered("rdjson", report()))
    assert fits(result, "DiagnosticResult")
    for diagnostic, found in zip(result["diagnostics"], report().findings, strict=True):
        assert diagnostic["message"].endswith(subject(found))
        assert diagnostic["location"]["path"] == found.path
        assert diagnostic["severity"] in {"ERROR", "WARNING", "INFO"}
        assert diagnostic["code"]["value"] == found.code


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        # The example of the protocol: in a line that begins with a, U+10400, b, the column of b.
        ({"column": 3, "excerpt": "a\U00010400b", "caret": 2}, 6),
        ({"column": 9, "excerpt": '  "x": [" "]', "caret": 8}, 9),
        ({"column": 1}, 1),
        ({"column": 9}, None),
        ({"column": 500, "excerpt": '..."日本": " "', "caret": 11}, None),
    ],
)
def test_rdjson_counts_columns_in_bytes_or_not_at_all(
    fields: dict[str, Any], column: int | None
) -> None:
    result = json.loads(rendered("rdjson", Report.of(1, [finding(**fields)])))
    start = result["diagnostics"][0]["location"]["range"]["start"]
    assert start.get("column") == column
    assert start["line"] == 3


# Markdown: https://github.github.com/gfm/


class Outline(HTMLParser):
    """The elements of a document, what is text, and what is code."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: Counter[str] = Counter()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.code = [""]
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen[tag] += 1
        self.attributes += attrs
        if tag == "code":
            self.code.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "code" in self.open:
            self.code[-1] += data
        else:
            self.text += data


def by_markdown_it(text: str) -> str:
    from markdown_it import MarkdownIt  # noqa: PLC0415

    html: str = MarkdownIt("commonmark").enable("table").render(text)
    return html


def by_github(text: str) -> str:
    """GitHub's own parser, with its own extensions."""
    cmark = pytest.importorskip("cmarkgfm")
    options = pytest.importorskip("cmarkgfm.cmark").Options.CMARK_OPT_UNSAFE
    html: str = cmark.github_flavored_markdown_to_html(text, options)
    return html


every_parser = pytest.mark.parametrize("parsed", [by_markdown_it, by_github])


@every_report
@every_parser
def test_markdown_has_no_element_of_a_file(
    report: Callable[[], Report], parsed: Callable[[str], str]
) -> None:
    outline = Outline(parsed(rendered("markdown", report())))
    assert outline.open == []
    parts = {"h3", "table", "thead", "tbody", "tr", "th", "td", "p", "code"}
    assert set(outline.seen) <= parts | {"details", "summary", "ul", "li"}
    assert {name for name, _ in outline.attributes} <= {"align", "style"}
    rows = len(report().counts)
    assert (outline.seen["th"], outline.seen["td"]) == (5 * bool(rows), 5 * rows)


@every_parser
def test_markdown_is_the_same_around_whatever_a_file_holds(parsed: Callable[[str], str]) -> None:
    tame = [f"tame{row}" for row in range(len(reports.HOSTILE))]
    texts = [rendered("markdown", reports.hostile(given)) for given in (tame, reports.HOSTILE)]
    expected, got = [Counter(Outline(parsed(text)).text.split()) for text in texts]
    assert got == expected


@every_parser
@pytest.mark.parametrize("text", reports.HOSTILE)
def test_markdown_shows_what_is_in_a_file(text: str, parsed: Callable[[str], str]) -> None:
    outline = Outline(parsed(rendered("markdown", reports.hostile([text]))))
    shown = printable(text)
    for whole in (f"tasks/{shown}.json", f"/{shown}: {shown}"):
        cut = whole if len(whole) <= 300 else f"{whole[:300]}..."
        assert cut in outline.code


def test_markdown_has_room_for_the_worst() -> None:
    worst = [finding(path=f"{'🙂' * 200}{row}", message="🙂" * 900) for row in range(500)]
    for report in (reports.capped(), Report.of(500, worst)):
        text = rendered("markdown", report)
        assert len(text.encode()) < 65_536
        [rest] = re.findall(r"^([\d,]+) findings not listed here", text, re.MULTILINE)
        listed = len(re.findall(r"^- line ", text, re.MULTILINE))
        assert int(rest.replace(",", "")) + listed == sum(report.tallies.values())


def test_markdown_puts_errors_first_and_folds_what_is_long() -> None:
    warnings = [finding(path="a", line=line, severity=Severity.WARNING) for line in range(1, 20)]
    text = rendered("markdown", Report.of(2, [*warnings, finding(path="a"), finding(path="b")]))
    assert text.index("<details>") < text.index("<code>a</code>") < text.index("</details>")
    assert text.index("</details>") < text.index("<p><code>b</code>: 1 error, 0 warnings</p>")
    assert "- line 3, error `INS005`" in text.partition("</details>")[0]
    assert "- and 10 more\n" in text


@pytest.mark.usefixtures("published")
def test_links_lead_to_headings_of_the_documentation() -> None:
    headings = re.findall(r"^## (.*)$", (ROOT / "docs/rules.md").read_text(), re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    report = Report.of(1, [finding(code=rule.code) for rule in all_rules()])
    texts = {name: rendered(name, report) for name in ("markdown", "rdjson", "sarif")}
    for text in texts.values():
        assert {*re.findall(rf"{re.escape(HOME)}#([\w-]+)", text)} == anchors
    assert json.loads(texts["sarif"])["runs"][0]["tool"]["driver"]["informationUri"] == HOME
    outline = Outline(by_markdown_it(texts["markdown"]))
    assert outline.seen["a"] == len(all_rules())

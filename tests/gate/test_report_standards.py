"""SARIF and JUnit, checked against their specifications and with tools that read them."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest
from support import reports
from support.reports import every_report, finding, rendered

from taskschema.core.findings import Report, Severity
from taskschema.core.text.printing import printable
from taskschema.rules.registry import all_rules

# SARIF: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html


def strings(node: Any) -> Iterator[str]:
    """Yield the text of every message (3.11) and multiformatMessageString (3.12)."""
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key == "text")
        for value in node.values():
            yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)


@every_report
def test_sarif_meets_its_specification(report: Callable[[], Report]) -> None:
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


def test_sarif_has_uris_of_files_outside_the_repository() -> None:
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
def test_junit_matches_its_schema(report: Callable[[], Report]) -> None:
    root = ET.fromstring(rendered("junit", report()).encode())  # noqa: S314
    assert root.tag == "testsuites"
    for element in root.iter():
        assert set(element.keys()) <= ATTRIBUTES[element.tag]
        assert {child.tag for child in element} <= set(CHILDREN.get(element.tag, "").split())
        assert element.tag in {"testsuites", "failure", "skipped"} or element.get("name")
    tests = list(root.iter("testcase"))
    names = [(test.get("classname"), test.get("name")) for test in tests]
    assert len(set(names)) == len(names) > 0
    # The parser rejects characters that XML 1.0 forbids, but not U+FFFE.
    assert printable("".join(root.itertext()).replace("\n", "")).isprintable()
    failing = {about[:2] for about in report().tallies if about.severity is Severity.ERROR}
    assert int(root.get("failures", "")) == len(failing)


@every_report
def test_junit_is_parsed_by_other_libraries(report: Callable[[], Report]) -> None:
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

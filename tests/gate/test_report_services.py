"""The formats of services, each checked against the documentation of the service."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from support import reports
from support.reports import every_report, finding, rendered, subject

from taskschema.core.findings import Finding, Report
from taskschema.core.text.printing import printable

# GitHub: https://docs.github.com/actions/reference/workflow-commands-for-github-actions


def command(line: str) -> tuple[str, dict[str, str], str]:
    """Parse a workflow command as the runner does: at `::`, and the properties at `,` and `=`."""
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
def test_github_output_contains_only_commands_of_findings(report: Callable[[], Report]) -> None:
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
def test_github_commands_parse_to_their_text(text: str) -> None:
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


def test_a_fingerprint_does_not_change_with_rows_before_it() -> None:
    before = finding(instance="one-4")
    after = replace(before, line=30, column=1, pointer="/instances/31/output/0")
    assert fingerprints(before) == fingerprints(after)
    assert fingerprints(finding()) == fingerprints(finding(line=30))
    for field in ("path", "code", "message", "instance"):
        assert fingerprints(before) != fingerprints(replace(before, **{field: "other"}))
    assert fingerprints(finding()) != fingerprints(finding(pointer="/other"))


def test_equal_findings_have_different_fingerprints() -> None:
    assert fingerprints(finding())[0] == fingerprints(finding(), finding(line=9))[0]
    assert len(set(fingerprints(finding(), finding(line=9), finding()))) == 3


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
    """Return whether a value matches a message of the protocol, without unknown fields."""
    if isinstance(kind, list):
        return all(fits(item, kind[0]) for item in value)
    if isinstance(kind, str):
        fields = MESSAGES[kind]
        return all(key in fields and fits(inner, fields[key]) for key, inner in value.items())
    return isinstance(value, kind)


@every_report
def test_rdjson_matches_the_protocol(report: Callable[[], Report]) -> None:
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
        # The example of the protocol: the column of `b` in a line that starts with a, U+10400, b.
        ({"column": 3, "excerpt": "a\U00010400b", "caret": 2}, 6),
        ({"column": 9, "excerpt": '  "x": [" "]', "caret": 8}, 9),
        ({"column": 1}, 1),
        ({"column": 9}, None),
        ({"column": 500, "excerpt": '..."日本": " "', "caret": 11}, None),
    ],
)
def test_rdjson_has_columns_in_bytes_or_none(fields: dict[str, Any], column: int | None) -> None:
    result = json.loads(rendered("rdjson", Report.of(1, [finding(**fields)])))
    start = result["diagnostics"][0]["location"]["range"]["start"]
    assert start.get("column") == column
    assert start["line"] == 3

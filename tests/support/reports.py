"""Reports for the tests of the formats: ordinary, empty, capped, and as hostile as files can be."""

from collections.abc import Sequence
from typing import Any

import pytest

from taskschema.core.findings import Applicability, Edit, Finding, Fix, Report, Severity, Tally
from taskschema.gate.reports.reporter import REPORTERS as ALL_REPORTERS
from taskschema.rules.registry import all_rules

RULES = all_rules()
CAPPED, COUNTED = 10_000, 12_345

HOSTILE = (
    "a\nb",
    "a\r\n::error file=x::y",
    "##[error]x",
    "]]>",
    "a|b \\| c",
    "<script>alert(1)</script>",
    "</code></summary><img src=x onerror=y>",
    "&lt;b&gt; &amp;",
    "\x1b[31mred\x1b[0m",
    "\x00\x07\x7f\x85",
    "\ufffe\uffff\u2028",
    "right\u202eleft",
    "[click](https://evil.example) ![x](https://evil.example/i.png)",
    "https://evil.example www.evil.example somebody@evil.example",
    "<https://evil.example>",
    "@everyone #1 GH-1 owner/repository#1",
    "`",
    "``a` b```",
    "` @everyone `",
    "\\`<b>",
    "{0} {{name}}",
    "%0A 100%",
    "a:b,c=d;e",
    " leading and trailing ",
    "\t",
    "- [x] # heading",
    "日本語の見出し",
    "e\u0301 क्षि 👩‍👩‍👧 🏳️",
    "x" * 5_000,
)


def finding(**fields: Any) -> Finding:
    """A warning in the third line of a file, but for what is given."""
    values: dict[str, Any] = {
        "code": "INS005",
        "name": "blank-output",
        "severity": Severity.ERROR,
        "path": "tasks/one.json",
        "pointer": "/instances/4/output/0",
        "line": 3,
        "column": 9,
        "message": "is blank. Write the answer.",
    }
    return Finding(**(values | fields))


def empty() -> Report:
    return Report.of(3, [])


def ordinary() -> Report:
    """Two files, two severities, fixes of both kinds."""
    stray = {
        "code": "INS007",
        "name": "stray-white-space",
        "severity": Severity.WARNING,
        "message": "ends with white space. Take it away.",
    }
    safe = Fix(Applicability.SAFE, (Edit("replace", "/instances/1/input", "a"),))
    unsafe = Fix(
        Applicability.UNSAFE,
        (Edit("remove", "/instances/4"), Edit("add", "/instances/3/output/-", None)),
    )
    return Report.of(
        4,
        [
            finding(fix=unsafe, instance="one-4", excerpt='  "x": [" "]', caret=8),
            finding(**stray, path="tasks/two.json", pointer="/instances/1/input", fix=safe),
            finding(**stray, path="tasks/two.json", pointer="/instances/0/input", line=2),
        ],
    )


def hostile(texts: Sequence[str] = HOSTILE) -> Report:
    """Every text as path, name, pointer, message, instance, excerpt and in a fix."""
    return Report.of(
        len(texts),
        [
            finding(
                code=RULES[number % len(RULES)].code,
                name=text,
                severity=Severity.ERROR if number % 3 else Severity.WARNING,
                path=f"tasks/{text}.json",
                pointer=f"/{text}",
                message=text,
                instance=text,
                excerpt=f'  "{text}": "{text}"',
                caret=3 + number % 4,
                fix=Fix(Applicability.SAFE, (Edit("replace", f"/{text}", text),)),
            )
            for number, text in enumerate(texts)
        ],
    )


def capped() -> Report:
    """Many findings in a few files, and more that are only counted."""
    findings = [
        finding(
            code=RULES[number % 7].code,
            name=RULES[number % 7].name,
            severity=Severity.WARNING if number % 7 < 5 else Severity.ERROR,
            path=f"tasks/{number % 40}.json",
            pointer=f"/instances/{number}/input",
            line=number + 1,
            message="🙂🙂🙂 stands here and should not. Write words.",
        )
        for number in range(CAPPED)
    ]
    report = Report.of(50, findings)
    about = Tally(findings[0].path, findings[0].code, findings[0].severity)
    tallies = dict(report.tallies)
    tallies[about] += COUNTED - CAPPED
    return Report.of(50, findings, tallies)


REPORTS = {"empty": empty, "ordinary": ordinary, "hostile": hostile, "capped": capped}
every_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)


def rendered(name: str, report: Report) -> str:
    """The report in a format."""
    text: str = ALL_REPORTERS.load(name).render(report)
    return text


def subject(found: Finding) -> str:
    """What every format says of a finding with a pointer."""
    return f"{found.pointer}: {found.message}"

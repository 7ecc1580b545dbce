"""JUnit XML for services that show tests: a suite per file, a test per violated rule.

There is one test per rule and file, not per finding, so that test names are unique and stable. A
rule with errors is a failure. A rule with only warnings is skipped, which is shown but fails
nothing. Without findings there is one passed test, as services treat an empty report as an error.
The output follows the schema of Jenkins' xUnit plugin, junit-10.xsd.
"""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from taskschema.core.findings import Finding, Report, Severity
from taskschema.core.text.printing import printable, several
from taskschema.gate.reports.reporter import Reporter
from taskschema.gate.reports.shared.phrases import (
    message_with_pointer,
    summary_line,
    totals_by_file,
)

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def render(report: Report) -> str:
    """Return a suite for each file with findings."""
    findings: dict[tuple[str, str], list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault((finding.path, finding.code), []).append(finding)
    failing = {tally[:2] for tally in report.tallies if tally.severity is Severity.ERROR}
    root = ET.Element("testsuites", name="taskschema")
    for path, counts in totals_by_file(report).items():
        suite = ET.SubElement(root, "testsuite", name=printable(path))
        for code, count in counts.items():
            known = findings.get((path, code), [])
            _test(suite, code, known, count, failing=(path, code) in failing)
    if not report.tallies:
        suite = ET.SubElement(root, "testsuite", name="taskschema")
        ET.SubElement(suite, "testcase", name=summary_line(report), classname="taskschema")
    for element in (*root, root):
        _count(element)
    ET.indent(root)
    return DECLARATION + ET.tostring(root, encoding="unicode") + "\n"


def _test(
    suite: ET.Element, code: str, findings: Sequence[Finding], count: int, *, failing: bool
) -> None:
    name = printable(f"{code} {findings[0].name}" if findings else code)
    test = ET.SubElement(suite, "testcase", name=name, classname=suite.get("name", ""))
    lines = [
        printable(
            f"{finding.line}:{finding.column}: {finding.severity} {message_with_pointer(finding)}"
        )
        for finding in findings
    ]
    if rest := count - len(findings):
        lines.append(f"... and {rest:,} more")
    outcome = ET.SubElement(test, "failure" if failing else "skipped")
    outcome.set("type", "error" if failing else "warning")
    outcome.set("message", several(count, "finding") if count > 1 else lines[0])
    outcome.text = "\n".join(lines)


def _count(element: ET.Element) -> None:
    """Set the number of tests in an element, by outcome."""
    element.set("tests", str(len(element.findall(".//testcase"))))
    element.set("failures", str(len(element.findall(".//failure"))))
    element.set("errors", "0")
    if element.tag == "testsuite":
        element.set("skipped", str(len(element.findall(".//skipped"))))


REPORTER = Reporter(render=render)

"""SARIF 2.1.0 for code scanning services.

Section numbers are those of https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
"""

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import orjson

from taskschema.core.findings import Finding, Report
from taskschema.core.storage.paths import is_address
from taskschema.core.text.printing import several
from taskschema.gate.reports.reporter import Reporter
from taskschema.gate.reports.shared.fingerprints import fingerprints
from taskschema.gate.reports.shared.phrases import message_with_pointer, unlisted_count
from taskschema.gate.reports.shared.rules import rule_text, rule_url, severities, version
from taskschema.rules.registry import all_rules

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"  # the root of the repository, by convention of the services
FINGERPRINT = "taskschema/v1"
SAFE = "/-._~"  # unescaped in a URI, section 2 of RFC 3986


def render(report: Report) -> str:
    """Return one run; it lists all rules, so that the list does not depend on the findings."""
    declared = {rule.code: rule.severity for rule in all_rules()}
    levels = dict(sorted((severities(report) | declared).items()))
    indices = {code: index for index, code in enumerate(levels)}
    marks = fingerprints(report.findings)
    driver: dict[str, Any] = {"name": "taskschema", "semanticVersion": version()}
    driver |= {"informationUri": rule_url()} if rule_url() else {}
    driver["rules"] = [_rule(code, level) for code, level in levels.items()]
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True, **_notifications(report)}],
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, indices[finding.code], mark)
            for finding, mark in zip(report.findings, marks, strict=True)
        ],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode() + "\n"


def _rule(code: str, level: str) -> dict[str, Any]:
    rule = rule_text(code)
    descriptor: dict[str, Any] = {"id": code, "defaultConfiguration": {"level": level}}
    if rule.name:
        descriptor |= {
            "name": rule.name,
            "shortDescription": {"text": _plain(rule.title)},
            "fullDescription": {"text": _plain(rule.prose)},
            "help": {
                "text": _plain(f"{rule.prose}\n\n`taskschema explain {code}` has an example.")
            },
        }
    if url := rule_url(code):
        descriptor["helpUri"] = url
    return descriptor


def _notifications(report: Report) -> dict[str, Any]:
    """Return a notification about findings that are counted but not in the report."""
    if not (rest := unlisted_count(report)):
        return {}
    text = f"{several(rest, 'more finding')} counted, but not listed."
    return {"toolExecutionNotifications": [{"level": "note", "message": {"text": text}}]}


def _result(finding: Finding, index: int, fingerprint: str) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": _artifact(finding.path),
            "region": {"startLine": finding.line, "startColumn": finding.column},
        }
    }
    if finding.pointer:
        name = finding.pointer.rpartition("/")[2]
        location["logicalLocations"] = [{"name": name, "fullyQualifiedName": finding.pointer}]
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": finding.severity,
        "message": {"text": _plain(message_with_pointer(finding))},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }


def _artifact(path: str) -> dict[str, str]:
    """Return the place of a file: relative to the root of the repository if it is below it."""
    if path.startswith("/"):
        return {"uri": f"file://{quote(path, safe=SAFE)}"}
    if is_address(path):
        return {"uri": quote(path, safe=SAFE + ":@")}
    uri = quote(path, safe=SAFE)
    return {"uri": uri} if ".." in PurePosixPath(path).parts else {"uri": uri, "uriBaseId": ROOT}


def _plain(text: str) -> str:
    """Escape placeholders (section 3.11.5) and links (section 3.11.6) of a message."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


REPORTER = Reporter(render=render)

"""SARIF 2.1.0, the interchange format of static analysis, as code scanning services read it.

See https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; section numbers are its own.
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
ROOT = "%SRCROOT%"  # what services take for the root of the repository
FINGERPRINT = "taskschema/v1"
SAFE = "/-._~"  # stands in a URI as it is, section 2 of RFC 3986


def render(report: Report) -> str:
    """One run; its rules are all that were judged by, so that they do not change with the files."""
    judged = {rule.code: rule.severity for rule in all_rules()}
    levels = dict(sorted((severities(report) | judged).items()))
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
    """What the results do not have, because the report does not."""
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
    """Where the file is: relative to the root of the sources, unless it is not below that."""
    if path.startswith("/"):
        return {"uri": f"file://{quote(path, safe=SAFE)}"}
    if is_address(path):
        return {"uri": quote(path, safe=SAFE + ":@")}
    uri = quote(path, safe=SAFE)
    return {"uri": uri} if ".." in PurePosixPath(path).parts else {"uri": uri, "uriBaseId": ROOT}


def _plain(text: str) -> str:
    """A message without placeholders (section 3.11.5) and without links (section 3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


REPORTER = Reporter(render=render)

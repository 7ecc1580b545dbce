"""Everything about every finding, for other programs; counts are never capped."""

from dataclasses import asdict
from typing import Any

import orjson

from taskschema.findings import Finding, Report
from taskschema.reporters import Reporter
from taskschema.schema import NEWEST


def render(report: Report) -> str:
    """One JSON object, findings sorted by path, line and code."""
    document = {
        "schema_version": NEWEST,
        "files": report.files,
        "counts": report.counts,
        "findings": [_plain(finding) for finding in report.findings],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode() + "\n"


def _plain(finding: Finding) -> dict[str, Any]:
    """Every field but the excerpt, which is for people; a fix only where there is one."""
    plain = asdict(finding)
    for key in ("excerpt", "caret", *(() if finding.fix else ("fix",))):
        del plain[key]
    return plain


REPORTER = Reporter(render)

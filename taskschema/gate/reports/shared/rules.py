"""Texts and URLs of the documentation of rules, for reports."""

from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from typing import NamedTuple

from taskschema.core.findings import Applicability, Report, Severity
from taskschema.rules.docs import documentation
from taskschema.rules.registry import all_rules
from taskschema.rules.rule import Rule

__all__ = ["RuleText", "rule_text", "rule_url", "severities", "version"]

PACKAGE = "taskschema"
LABEL = "Rules"  # the key of the URL of docs/rules.md under [project.urls] in pyproject.toml


class RuleText(NamedTuple):
    """The documentation of a rule; only the code is set if this release lacks the rule."""

    code: str
    name: str = ""
    title: str = ""
    prose: str = ""
    """Why it matters and how to fix it: paragraphs, without the examples."""
    fix: Applicability | None = None


@cache
def rule_text(code: str) -> RuleText:
    """Return the documentation of the rule with this code."""
    for rule in all_rules():
        if rule.code == code:
            return _rule_text(rule)
    return RuleText(code)


def _rule_text(rule: Rule) -> RuleText:
    title, prose = documentation(rule)
    paragraphs = (" ".join(paragraph.split()) for paragraph in prose)
    return RuleText(rule.code, rule.name, title, "\n\n".join(paragraphs), rule.fix)


def severities(report: Report) -> dict[str, Severity]:
    """Return the worst severity of the findings of each code."""
    worst: dict[str, Severity] = {}
    for tally in report.tallies:
        if worst.get(tally.code) is not Severity.ERROR:
            worst[tally.code] = tally.severity
    return dict(sorted(worst.items()))


@cache
def _distribution() -> dict[str, str]:
    """Return the version and the project URLs of the installed package, by label."""
    try:
        declared = metadata(PACKAGE)
    except PackageNotFoundError:  # a checkout that is not installed
        return {}
    urls = (entry.partition(", ") for entry in declared.get_all("Project-URL") or ())
    return {"version": declared["Version"], **{label: url for label, _, url in urls}}


def version() -> str:
    """Return the version of taskschema."""
    return _distribution().get("version", "0.0.0")


def rule_url(code: str = "") -> str:
    """Return the URL of a rule's documentation, or of all rules; empty if none is declared."""
    home = _distribution().get(LABEL, "")
    name = rule_text(code).name
    return f"{home}#{code.lower()}-{name}" if home and name else home

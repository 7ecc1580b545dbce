"""What formats say about rules beside the findings: their documentation and where it is."""

from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from typing import NamedTuple

from taskschema.core.findings import Applicability, Report, Severity
from taskschema.rules.docs import documentation
from taskschema.rules.registry import all_rules
from taskschema.rules.rule import Rule

__all__ = ["RuleText", "rule_text", "rule_url", "severities", "version"]

PACKAGE = "taskschema"
LABEL = "Rules"  # of the address of docs/rules.md under [project.urls] in pyproject.toml


class RuleText(NamedTuple):
    """A rule in words; all but the code is empty for one that this release does not have."""

    code: str
    name: str = ""
    title: str = ""
    prose: str = ""
    """Why it matters and how to mend it, paragraph by paragraph, without the examples."""
    fix: Applicability | None = None


@cache
def rule_text(code: str) -> RuleText:
    """What the rule of this code says of itself."""
    for rule in all_rules():
        if rule.code == code:
            return _rule_text(rule)
    return RuleText(code)


def _rule_text(rule: Rule) -> RuleText:
    title, prose = documentation(rule)
    paragraphs = (" ".join(paragraph.split()) for paragraph in prose)
    return RuleText(rule.code, rule.name, title, "\n\n".join(paragraphs), rule.fix)


def severities(report: Report) -> dict[str, Severity]:
    """The worst severity that findings of each code have, by code."""
    worst: dict[str, Severity] = {}
    for tally in report.tallies:
        if worst.get(tally.code) is not Severity.ERROR:
            worst[tally.code] = tally.severity
    return dict(sorted(worst.items()))


@cache
def _distribution() -> dict[str, str]:
    """The version and the addresses that the installed package declares, by label."""
    try:
        declared = metadata(PACKAGE)
    except PackageNotFoundError:  # a checkout that nobody installed
        return {}
    addresses = (entry.partition(", ") for entry in declared.get_all("Project-URL") or ())
    return {"version": declared["Version"], **{label: url for label, _, url in addresses}}


def version() -> str:
    """The release of taskschema."""
    return _distribution().get("version", "0.0.0")


def rule_url(code: str = "") -> str:
    """The URL of the documentation of a rule, or of all; empty where the package declares none."""
    home = _distribution().get(LABEL, "")
    name = rule_text(code).name
    return f"{home}#{code.lower()}-{name}" if home and name else home

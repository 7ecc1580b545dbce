"""Counts, paths and badges of the page."""

from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from taskschema.core.findings import Applicability
from taskschema.core.text.printing import several
from taskschema.gate.reports.page.markup import Content, Markup, element, joined, shortened
from taskschema.gate.reports.page.selection import Sums
from taskschema.rules.registry import all_rules
from taskschema.rules.rule import Rule

__all__ = [
    "amount",
    "badges",
    "common_folder",
    "fix_badge",
    "numbers",
    "path_below",
    "release",
    "rule_of",
]

LONGEST_PATH = 160
FIX_BADGES = {
    Applicability.SAFE: ("safe fix", "taskschema check --fix"),
    Applicability.UNSAFE: ("unsafe fix", "taskschema check --unsafe-fixes"),
}


@cache
def _rules() -> dict[str, Rule]:
    return {rule.code: rule for rule in all_rules()}


def rule_of(code: str) -> Rule | None:
    """Return the rule with a code; None if this release does not have it."""
    return _rules().get(code)


def amount(sums: Sums) -> str:
    """Return the counts in words, without zeros: `2 errors and 1 warning`."""
    parts = [
        several(count, noun)
        for count, noun in ((sums.errors, "error"), (sums.warnings, "warning"))
        if count
    ]
    return " and ".join(parts) or "no findings"


def badges(sums: Sums) -> Markup:
    """Return the counts as badges; shape and word differ too, not only the color."""
    marks = []
    if sums.errors:
        marks.append(element("span", several(sums.errors, "error"), class_="badge error"))
    if sums.warnings:
        marks.append(element("span", several(sums.warnings, "warning"), class_="badge warning"))
    return joined(*marks, by=" ")


def numbers(sums: Sums) -> tuple[Markup, Markup]:
    """Return two table cells, errors and warnings; zeros are dimmed."""
    return _number(sums.errors), _number(sums.warnings)


def _number(count: int) -> Markup:
    content: Content = count or element("span", "0", class_="zero")
    return element("td", content, class_="number")


def fix_badge(applicability: Applicability | None) -> Markup | None:
    """Return a badge with the command that fixes a finding; None if no fix exists."""
    if applicability is None:
        return None
    word, command = FIX_BADGES[applicability]
    return element("span", word, class_="badge fix", title=command)


def release() -> str:
    """Return the version of taskschema; `unknown` in a checkout that is not installed."""
    try:
        return version("taskschema")
    except PackageNotFoundError:
        return "unknown"


def common_folder(paths: Iterable[str]) -> str:
    """Return the common folder of all paths, with its final slash; "" if there is none."""
    ordered = sorted(paths)
    if not ordered:
        return ""
    first, last = ordered[0].split("/")[:-1], ordered[-1].split("/")[:-1]
    shared = 0
    while shared < min(len(first), len(last)) and first[shared] == last[shared]:
        shared += 1
    return "".join(f"{part}/" for part in first[:shared])


def path_below(path: str, folder: str) -> Markup:
    """Return a path without the common folder; lines may break after an underscore."""
    words = shortened(path.removeprefix(folder), LONGEST_PATH).split("_")
    return element("bdi", joined(*words, by="_<wbr>"), class_="path")

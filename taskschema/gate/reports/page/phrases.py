"""Counts, places and rules in the words of the page."""

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
    """The rule of a code; None in a report from a release that has others."""
    return _rules().get(code)


def amount(sums: Sums) -> str:
    """`2 errors and 1 warning`, without the one there is none of."""
    parts = [
        several(count, noun)
        for count, noun in ((sums.errors, "error"), (sums.warnings, "warning"))
        if count
    ]
    return " and ".join(parts) or "no findings"


def badges(sums: Sums) -> Markup:
    """The same as marks that tell errors and warnings apart in shape and word too."""
    marks = []
    if sums.errors:
        marks.append(element("span", several(sums.errors, "error"), class_="badge error"))
    if sums.warnings:
        marks.append(element("span", several(sums.warnings, "warning"), class_="badge warning"))
    return joined(*marks, by=" ")


def numbers(sums: Sums) -> tuple[Markup, Markup]:
    """Two cells of a table; none is a dash, which the eye passes over."""
    return _number(sums.errors), _number(sums.warnings)


def _number(count: int) -> Markup:
    content: Content = count or element("span", "0", class_="zero")
    return element("td", content, class_="number")


def fix_badge(applicability: Applicability | None) -> Markup | None:
    """Whether a machine can mend it, and the command that does."""
    if applicability is None:
        return None
    word, command = FIX_BADGES[applicability]
    return element("span", word, class_="badge fix", title=command)


def release() -> str:
    """The release of taskschema; a checkout that nobody installed has none."""
    try:
        return version("taskschema")
    except PackageNotFoundError:
        return "unknown"


def common_folder(paths: Iterable[str]) -> str:
    """The folder that all paths begin with, with its final slash; "" if there is none."""
    ordered = sorted(paths)
    if not ordered:
        return ""
    first, last = ordered[0].split("/")[:-1], ordered[-1].split("/")[:-1]
    shared = 0
    while shared < min(len(first), len(last)) and first[shared] == last[shared]:
        shared += 1
    return "".join(f"{part}/" for part in first[:shared])


def path_below(path: str, folder: str) -> Markup:
    """A path without the folder that all have in common; it breaks after an underscore."""
    words = shortened(path.removeprefix(folder), LONGEST_PATH).split("_")
    return element("bdi", joined(*words, by="_<wbr>"), class_="path")

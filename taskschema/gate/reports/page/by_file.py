"""The section of findings by file, in order of lines, for fixing one file at a time."""

from collections.abc import Sequence

from taskschema.core.text.printing import several
from taskschema.gate.reports.page import phrases
from taskschema.gate.reports.page.markup import Markup, element, joined, shortened
from taskschema.gate.reports.page.selection import ShownFindings, ShownGroup, Sums

__all__ = ["section"]

MOST_FILES = 2_000  # all of Super-NaturalInstructions
MOST_RULES = 6  # with unlisted findings, above which only their number is shown
LONGEST_MESSAGE = 160  # characters; the section of the rule has more


def section(selection: ShownFindings, folder: str) -> Markup:
    """Return all files with findings, those with errors first; empty without findings."""
    if not selection.by_file:
        return Markup()
    paths = list(selection.by_file)
    rest = [group.sums for path in paths[MOST_FILES:] for group in selection.by_file[path]]
    more = (
        f"… and {several(len(paths) - MOST_FILES, 'more file')} with "
        f"{phrases.amount(Sums.over(rest))}."
    )
    return element(
        "section",
        element("h2", "Findings by file", id="files-title"),
        *(_file(path, selection, folder) for path in paths[:MOST_FILES]),
        element("p", more, class_="more") if rest else None,
        id="files",
        aria_labelledby="files-title",
    )


def _file(path: str, selection: ShownFindings, folder: str) -> Markup:
    groups = selection.by_file[path]
    sums = Sums.over(group.sums for group in groups)
    anchored = [
        (finding, f"{selection.anchor(group)}-{number}")
        for group in groups
        for number, finding in enumerate(group.shown, 1)
    ]
    rows = [
        element(
            "tr",
            element("td", finding.line, class_="number"),
            element("td", element("a", finding.code, href=f"#{anchor}", class_="code")),
            element("td", element("span", finding.severity, class_=f"badge {finding.severity}")),
            element("td", shortened(finding.message, LONGEST_MESSAGE)),
            class_=finding.severity,
        )
        for finding, anchor in sorted(anchored, key=lambda pair: pair[0].order)
    ]
    head = (
        element("th", "Line", scope="col", class_="number"),
        *(element("th", name, scope="col") for name in ("Rule", "Severity", "What is wrong")),
    )
    table = element(
        "table",
        element("thead", element("tr", *head)),
        element("tbody", *rows),
    )
    return element(
        "details",
        element("summary", phrases.path_below(path, folder), " ", phrases.badges(sums)),
        element("div", table, class_="scroll") if rows else None,
        _not_shown(groups),
        id=f"file-{selection.numbers[path]}",
        class_="group" if sums.errors else "group warnings-only",
    )


def _not_shown(groups: Sequence[ShownGroup]) -> Markup | None:
    """Return the number of unlisted findings of a file: by rule, or in total for many rules."""
    short = [group for group in groups if group.hidden]
    if not short:
        return None
    if len(short) > MOST_RULES:
        total = sum(group.hidden for group in short)
        counts = joined(f"{several(total, 'finding')} of {len(short)} rules")
    else:
        each = (
            joined(group.hidden, " of ", element("a", group.code, href=f"#{group.code}"))
            for group in short
        )
        counts = joined(*each, by=", ")
    return element("p", "Not shown: ", counts, ".", class_="more")

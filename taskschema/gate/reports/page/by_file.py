"""The findings file by file, from its first line to its last, for whoever mends that file."""

from collections.abc import Sequence

from taskschema.core.text.printing import several
from taskschema.gate.reports.page import phrases
from taskschema.gate.reports.page.markup import Markup, element, joined, shortened
from taskschema.gate.reports.page.selection import ShownFindings, ShownGroup, Sums

__all__ = ["section"]

MOST_FILES = 2_000  # all of Super-NaturalInstructions
MOST_RULES = 6  # that are named, of those with more findings than are listed
LONGEST_MESSAGE = 160  # the whole of it stands with its rule


def section(selection: ShownFindings, folder: str) -> Markup:
    """Every file that has findings, those with errors first; nothing where there is none."""
    if not selection.by_file:
        return Markup()
    paths = list(selection.by_file)
    rest = [group.sums for path in paths[MOST_FILES:] for group in selection.by_file[path]]
    said = (
        f"… and {several(len(paths) - MOST_FILES, 'more file')} with "
        f"{phrases.amount(Sums.over(rest))}."
    )
    return element(
        "section",
        element("h2", "Findings by file", id="files-title"),
        *(_file(path, selection, folder) for path in paths[:MOST_FILES]),
        element("p", said, class_="more") if rest else None,
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
        _left_out(groups),
        id=f"file-{selection.numbers[path]}",
        class_="group" if sums.errors else "group warnings-only",
    )


def _left_out(groups: Sequence[ShownGroup]) -> Markup | None:
    """How many findings of a file are not listed, by rule unless there are too many rules."""
    short = [group for group in groups if group.left_out]
    if not short:
        return None
    if len(short) > MOST_RULES:
        total = sum(group.left_out for group in short)
        said = joined(f"{several(total, 'finding')} of {len(short)} rules")
    else:
        each = (
            joined(group.left_out, " of ", element("a", group.code, href=f"#{group.code}"))
            for group in short
        )
        said = joined(*each, by=", ")
    return element("p", "Not shown: ", said, ".", class_="more")

"""The section of findings by rule: the rule's documentation, then its findings by file."""

import re
from collections.abc import Sequence

from taskschema.core.findings import Finding
from taskschema.core.text.printing import several
from taskschema.gate.reports.page import phrases
from taskschema.gate.reports.page.markup import Markup, element, joined, shortened
from taskschema.gate.reports.page.selection import ShownFindings, ShownGroup, Sums
from taskschema.rules.docs import documentation, examples
from taskschema.rules.rule import Rule

__all__ = ["section"]

LONGEST_MESSAGE = 600
LONGEST_POINTER = 160
LONGEST_EXCERPT, BEFORE_CARET = 220, 70  # characters; about two lines of the page
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[^\s,:\[\]{}]+|.|', re.DOTALL)


def section(selection: ShownFindings, folder: str) -> Markup:
    """Return all rules with findings, those with errors first; empty without findings."""
    if not selection.by_rule:
        return Markup()
    return element(
        "section",
        element("h2", "Findings by rule", id="rules-title"),
        _limits(selection),
        *(_rule(code, selection, folder) for code in selection.by_rule),
        id="rules",
        aria_labelledby="rules-title",
    )


def _limits(selection: ShownFindings) -> Markup | None:
    if not selection.hidden:
        return None
    text = (
        f"Each rule shows at most {several(selection.most_here, 'finding')} per file; "
        f"{selection.hidden:,} more are counted but not shown."
    )
    return element("p", text, class_="aside")


def _rule(code: str, selection: ShownFindings, folder: str) -> Markup:
    groups = selection.by_rule[code]
    sums = Sums.over(group.sums for group in groups)
    rule = phrases.rule_of(code)
    shown = [group for group in groups if group.shown]
    title = (element("span", code, class_="code"), " ", rule.name if rule else None)
    return element(
        "section",
        element("h3", *title, id=f"{code}-title"),
        element("p", phrases.badges(sums), " ", phrases.fix_badge(rule.fix if rule else None)),
        _documentation(rule) if rule else None,
        *(_group(group, selection, folder, first=group is shown[0]) for group in shown),
        _rest([group for group in groups if not group.shown]),
        id=code,
        aria_labelledby=f"{code}-title",
        class_=_kind("rule", sums),
    )


def _documentation(rule: Rule) -> Markup:
    title, prose = documentation(rule)
    return joined(
        element("p", title, class_="title"),
        element(
            "details",
            element("summary", "Why, and how to fix it"),
            *(element("p", " ".join(paragraph.split())) for paragraph in prose),
            *(
                joined(element("p", word, class_="aside"), element("pre", _lines(text)))
                for word, text in examples(rule)
            ),
            class_="documentation",
        ),
    )


def _lines(text: str) -> Markup:
    return joined(*(line for line in text.split("\n")), by="\n")


def _group(group: ShownGroup, selection: ShownFindings, folder: str, *, first: bool) -> Markup:
    anchor = selection.anchor(group)
    more = element("p", "… and ", group.hidden, " more.", class_="more") if group.hidden else None
    return element(
        "details",
        element("summary", phrases.path_below(group.path, folder), " ", phrases.badges(group.sums)),
        element(
            "ol",
            *(
                _finding(finding, f"{anchor}-{number}")
                for number, finding in enumerate(group.shown, 1)
            ),
        ),
        more,
        id=anchor,
        class_=_kind("group", group.sums),
        open="" if first else None,
    )


def _finding(finding: Finding, anchor: str) -> Markup:
    pointer = (
        element("code", shortened(finding.pointer, LONGEST_POINTER)) if finding.pointer else None
    )
    instance = (
        joined("instance ", element("bdi", shortened(finding.instance, LONGEST_POINTER)))
        if finding.instance
        else None
    )
    place = [
        joined("line ", element("b", finding.line), ", column ", finding.column),
        pointer,
        instance,
        phrases.fix_badge(finding.fix.applicability if finding.fix else None),
    ]
    return element(
        "li",
        element("p", *(element("span", part) for part in place if part), class_="place"),
        element("p", shortened(finding.message, LONGEST_MESSAGE), class_="message"),
        _excerpt(finding),
        id=anchor,
        class_=f"finding {finding.severity}",
    )


def _excerpt(finding: Finding) -> Markup | None:
    """Return the line of the file, cut around the place, with the token there marked."""
    text, caret = finding.excerpt, finding.caret
    if not text:
        return None
    start = min(len(text) - len(text.lstrip(" ")), caret)
    start = max(start, caret - BEFORE_CARET)
    end = start + LONGEST_EXCERPT
    match = TOKEN.match(text, caret, end)
    marked = match.end() if match else caret
    return element(
        "pre",
        element("span", finding.line, class_="line"),
        "…" if start and text[:start].strip() else None,
        text[start:caret],
        element("mark", text[caret:marked] or " "),
        text[marked:end],
        "…" if len(text) > end else None,
        class_="excerpt",
    )


def _rest(groups: Sequence[ShownGroup]) -> Markup | None:
    if not groups:
        return None
    sums = Sums.over(group.sums for group in groups)
    text = f"… and {several(len(groups), 'more file')} with {phrases.amount(sums)}."
    return element("p", text, class_="more")


def _kind(name: str, sums: Sums) -> str:
    """Return the CSS class of a part; the view of errors only hides `warnings-only`."""
    return name if sums.errors else f"{name} warnings-only"

"""The top of the page: the result, and the counts by rule, by family and by file."""

from collections.abc import Mapping, Sequence

from taskschema.core.findings import Report
from taskschema.gate.reports.page import phrases, plots
from taskschema.gate.reports.page.markup import Content, Markup, element, joined
from taskschema.gate.reports.page.selection import ShownFindings, ShownGroup, Sums

__all__ = ["headline", "overview", "result_header"]

MOST_FILES = 15  # in the table; the section of files lists more
MOST_PLOTTED = 12  # rows that fit, as two plots are side by side


def headline(selection: ShownFindings) -> str:
    """Return the number of errors and warnings."""
    every = (group.sums for same in selection.by_rule.values() for group in same)
    return phrases.amount(Sums.over(every))


def result_header(report: Report, selection: ShownFindings, folder: str) -> Markup:
    """Return the result in one line, and its figures."""
    sums = Sums.over(group.sums for same in selection.by_rule.values() for group in same)
    if sums.errors:
        kind, word = "error", "Failed"
    elif sums.warnings:
        kind, word = "warning", "Warnings only"
    else:
        kind, word = "passed", "Passed"
    figures: list[tuple[str, Content]] = [
        ("files checked", report.files),
        ("files with findings", len(selection.by_file)),
        ("rules with findings", len(selection.by_rule)),
        ("taskschema version", phrases.release()),
    ]
    place = element("p", "Paths are below ", element("bdi", folder, class_="path"))
    return element(
        "header",
        element("p", "taskschema check", class_="what"),
        element("p", word, class_=f"verdict {kind}"),
        element("h1", headline(selection).capitalize()),
        element(
            "dl",
            *(
                element("div", element("dt", name), element("dd", figure))
                for name, figure in figures
            ),
        ),
        place if folder else None,
    )


def overview(selection: ShownFindings, folder: str) -> Markup:
    """Return plots and tables; empty without findings."""
    if not selection.by_rule:
        return Markup()
    rules = {code: _sums(same) for code, same in selection.by_rule.items()}
    files = {path: _sums(same) for path, same in selection.by_file.items()}
    named = {f"{code} {_name(code)}": sums for code, sums in rules.items()}
    below = {path.removeprefix(folder): sums for path, sums in files.items()}
    return element(
        "section",
        element("h2", "Overview", id="overview-title"),
        element(
            "div",
            plots.by_rule(_most(named)),
            plots.by_file(_most(below)),
            class_="plots",
        ),
        _by_rule(selection, rules),
        _by_family(rules),
        _by_file(selection, files, folder),
        id="overview",
        aria_labelledby="overview-title",
    )


def _most(sums: Mapping[str, Sums]) -> dict[str, Sums]:
    """Return the entries with the most findings."""
    ordered = sorted(sums, key=lambda name: -sums[name].total)
    return {name: sums[name] for name in ordered[:MOST_PLOTTED]}


def _by_rule(selection: ShownFindings, rules: Mapping[str, Sums]) -> Markup:
    most = max(sums.total for sums in rules.values())
    rows = [
        element(
            "tr",
            element(
                "th",
                element("a", code, href=f"#{code}", class_="code"),
                " ",
                _name(code),
                scope="row",
            ),
            *phrases.numbers(sums),
            element("td", len(selection.by_rule[code]), class_="number"),
            element("td", phrases.fix_badge(rule.fix if (rule := phrases.rule_of(code)) else None)),
            element("td", plots.bar(sums, most), class_="share"),
        )
        for code, sums in rules.items()
    ]
    return _table("By rule", ("Rule", "Errors", "Warnings", "Files", "Fixable"), rows)


def _by_family(rules: Mapping[str, Sums]) -> Markup:
    families: dict[str, list[str]] = {}
    for code in sorted(rules):
        families.setdefault(code.rstrip("0123456789"), []).append(code)
    sums = {family: Sums.over(rules[code] for code in codes) for family, codes in families.items()}
    most = max(each.total for each in sums.values())
    rows = [
        element(
            "tr",
            element(
                "th",
                element("span", family, class_="code"),
                " ",
                ", ".join(_name(code) for code in families[family]),
                scope="row",
            ),
            *phrases.numbers(sums[family]),
            element("td", plots.bar(sums[family], most), class_="share"),
        )
        for family in sorted(sums, key=lambda family: (sums[family].rank, family))
    ]
    return _table("By family", ("Family of rules", "Errors", "Warnings"), rows)


def _by_file(selection: ShownFindings, files: Mapping[str, Sums], folder: str) -> Markup:
    most = max(sums.total for sums in files.values())
    rows = [
        element(
            "tr",
            element(
                "th",
                element(
                    "a",
                    phrases.path_below(path, folder),
                    href=f"#file-{selection.numbers[path]}",
                ),
                scope="row",
            ),
            *phrases.numbers(sums),
            element("td", plots.bar(sums, most), class_="share"),
        )
        for path, sums in list(files.items())[:MOST_FILES]
    ]
    rest = len(files) - len(rows)
    more = (
        element("p", element("a", "and ", rest, " more files", href="#files")) if rest > 0 else None
    )
    return joined(_table("By file", ("File", "Errors", "Warnings"), rows), more)


def _table(title: str, columns: Sequence[str], rows: Sequence[Markup]) -> Markup:
    """Return a table with bars in the last column; it scrolls by itself on a narrow screen."""
    head = [
        element("th", column, scope="col", class_="number" if column in NUMBERS else None)
        for column in columns
    ]
    share = element("th", element("span", "Share", class_="unseen"), scope="col", class_="share")
    table = element(
        "table",
        element("caption", title),
        element("thead", element("tr", *head, share)),
        element("tbody", *rows),
    )
    return element("div", table, class_="scroll", role="region", aria_label=title, tabindex=0)


NUMBERS = ("Errors", "Warnings", "Files")


def _sums(groups: Sequence[ShownGroup]) -> Sums:
    return Sums.over(group.sums for group in groups)


def _name(code: str) -> str:
    rule = phrases.rule_of(code)
    return rule.name if rule else ""

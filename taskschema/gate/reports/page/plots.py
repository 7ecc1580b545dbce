"""Plots as inline SVG, each with a text alternative for screen readers."""

from collections.abc import Mapping
from math import ceil, log10

from taskschema.gate.reports.page.markup import Markup, element, joined, shortened
from taskschema.gate.reports.page.phrases import amount
from taskschema.gate.reports.page.selection import Sums

__all__ = ["bar", "by_file", "by_rule"]

WIDTH, ROW, MARGIN = 400, 36, 8
LONGEST_LABEL = 46  # characters that fit next to a count
SHORTEST = 2  # a bar of one finding among thousands stays visible


def by_rule(sums: Mapping[str, Sums]) -> Markup:
    """Plot a dot for each rule on a logarithmic scale: counts differ by orders of magnitude."""
    decades = max(1, ceil(log10(max(each.total for each in sums.values()))))
    bottom = len(sums) * ROW

    def across(count: int) -> float:
        return round(MARGIN + (WIDTH - 2 * MARGIN) * log10(count) / decades, 1)

    parts = []
    for power in range(decades + 1):
        x = across(10**power)
        anchor = "start" if power == 0 else "end" if power == decades else "middle"
        parts += [
            element("line", x1=x, x2=x, y1=16, y2=bottom, class_="grid"),
            element("text", 10**power, x=x, y=bottom + 14, text_anchor=anchor, class_="tick"),
        ]
    for index, (name, each) in enumerate(sums.items()):
        top, x = index * ROW, across(each.total)
        parts += [
            *_labels(top, name, f"{each.total:,}"),
            element("line", x1=MARGIN, x2=x, y1=top + 24, y2=top + 24, class_="stem"),
            element("circle", cx=x, cy=top + 24, r=5, class_="error" if each.errors else "warning"),
        ]
    return _figure(
        sums,
        joined(*parts),
        bottom + 20,
        title="Findings by rule",
        caption="Logarithmic scale. Filled: rules with errors; outlined: warnings only.",
    )


def by_file(sums: Mapping[str, Sums]) -> Markup:
    """Plot a bar for each file, errors before warnings."""
    most = max(each.total for each in sums.values())
    parts = []
    for index, (name, each) in enumerate(sums.items()):
        top = index * ROW
        parts += [*_labels(top, name, f"{each.total:,}"), *_bars(each, most, WIDTH, top + 20, 9)]
    return _figure(
        sums,
        joined(*parts),
        len(sums) * ROW,
        title="Errors and warnings by file",
        caption="Filled: errors; outlined: warnings. Only the files with the most findings.",
    )


def bar(sums: Sums, most: int) -> Markup:
    """Plot a table row's share of the largest row; the numbers are in the row."""
    bars = _bars(sums, most, 100, 1, 8)
    return element(
        "svg",
        *bars,
        class_="bar",
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _bars(sums: Sums, most: int, width: float, top: float, height: float) -> list[Markup]:
    parts, left = [], 0.5
    for kind, count in (("error", sums.errors), ("warning", sums.warnings)):
        if count:
            length = max(SHORTEST, (width - 1 - SHORTEST) * count / most)
            place = {"x": round(left, 1), "y": top, "width": round(length, 1), "height": height}
            parts.append(element("rect", class_=kind, **place))
            left += length
    return parts


def _labels(top: int, name: str, count: str) -> tuple[Markup, Markup]:
    return (
        element("text", shortened(name, LONGEST_LABEL), x=0, y=top + 13),
        element("text", count, x=WIDTH, y=top + 13, text_anchor="end", class_="count"),
    )


def _figure(
    sums: Mapping[str, Sums], drawing: Markup, height: int, *, title: str, caption: str
) -> Markup:
    name = title.lower().replace(" ", "-")
    values = "; ".join(f"{label}: {amount(each)}" for label, each in sums.items())
    svg = element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", f"{values}.", id=f"{name}-values"),
        drawing,
        role="img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-values",
        viewBox=f"0 0 {WIDTH} {height}",
        class_="plot",
    )
    return element("figure", element("h3", title), svg, element("figcaption", caption))

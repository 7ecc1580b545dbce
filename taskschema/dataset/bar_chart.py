"""Horizontal bar charts in SVG, without a library.

The background is transparent and every colour a middle tone: text has a contrast of at least four
to one on white and on the dark theme of hubs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

from taskschema.core.text.printing import printable
from taskschema.dataset.summary import DatasetSummary, GroupCounts

__all__ = ["ChartSection", "draw", "plot"]

TEXT, BAR, LINE = "#767676", "#3d85c6", "#8888"
WIDTH, LABELS, BARS = 720, 250, 380
ROW, HEAD = 22, 40
MOST_BARS = 20
LONGEST = 32  # columns of a label; a wide character, such as a Chinese one, takes two
FONT = 'font-size="13" font-family="system-ui, -apple-system, Roboto, sans-serif"'


@dataclass(frozen=True, slots=True)
class ChartSection:
    """One group of bars."""

    title: str
    bars: Sequence[tuple[str, int]]
    """Labels and sizes, the largest first."""
    most: int = MOST_BARS
    """The most bars to draw; the remaining entries share the last."""
    unit: str = ""
    """The unit after a size, e.g. `%`."""


def plot(contents: DatasetSummary) -> str:
    """Return an SVG chart of instances by category, answer format and licence class."""
    groups = (
        ("Instances by main category", contents.categories),
        ("Instances by answer format", contents.answer_kinds),
        ("Instances by licence class", contents.license_classes),
    )
    sections = [ChartSection(title, _bars_of(tally)) for title, tally in groups]
    return draw("Composition of the dataset", sections)


def draw(title: str, sections: Sequence[ChartSection]) -> str:
    """Return an SVG document with a bar for each entry, up to the limit of its section."""
    parts: list[str] = []
    top = 0
    for section in sections:
        bars = _fold(section)
        parts += _head(section.title, top)
        parts += _bars(bars, top + HEAD, section.unit)
        top += HEAD + ROW * len(bars)
    height = top + ROW // 2
    description = "; ".join(
        f"{section.title}: "
        + ", ".join(f"{_cut(label)} {size:,}{section.unit}" for label, size in _fold(section))
        for section in sections
    )
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" {FONT} fill="{TEXT}">',
            f"<title>{_text(title)}</title>",
            f"<desc>{_text(description)}</desc>",
            *parts,
            "</svg>\n",
        )
    )


def _bars_of(tally: GroupCounts) -> list[tuple[str, int]]:
    return [(name or "(none)", instances) for name, _, instances in tally.rows()]


def _fold(section: ChartSection) -> Sequence[tuple[str, int]]:
    bars, most = section.bars, section.most
    if len(bars) <= most:
        return bars
    shown, rest = bars[: most - 1], bars[most - 1 :]
    return (*shown, (f"{len(rest):,} others", sum(size for _, size in rest)))


def _head(title: str, top: int) -> Iterator[str]:
    yield f'<text x="0" y="{top + 24}" font-weight="600">{_text(title)}</text>'
    yield f'<path d="M0 {top + 32}H{WIDTH}" stroke="{LINE}" fill="none"/>'


def _bars(bars: Sequence[tuple[str, int]], top: int, unit: str) -> Iterator[str]:
    largest = max((size for _, size in bars), default=0) or 1
    for index, (label, size) in enumerate(bars):
        y = top + ROW * index
        width = max(1, size * BARS // largest) if size else 0
        yield f'<text x="{LABELS - 10}" y="{y + 14}" text-anchor="end">{_text(_cut(label))}</text>'
        yield f'<rect x="{LABELS}" y="{y + 3}" width="{width}" height="14" rx="2" fill="{BAR}"/>'
        yield f'<text x="{LABELS + width + 8}" y="{y + 14}">{size:,}{unit}</text>'


def _cut(label: str) -> str:
    """Return the label, cut to the width for labels."""
    label = printable(" ".join(label[: 10 * LONGEST].split()))
    room = LONGEST
    for index, mark in enumerate(label):
        room -= 2 if east_asian_width(mark) in "WF" else 1
        if room < 0:
            return label[: index - 1] + "\N{HORIZONTAL ELLIPSIS}"
    return label


def _text(text: str) -> str:
    return escape(printable(text))

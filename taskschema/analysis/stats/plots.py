"""Plots statistics in the style of the plots on dataset cards, as SVG or PNG.

SVG needs no library. PNG needs the small library `resvg_py`, which has no dependencies.
"""

from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from taskschema.analysis.stats.statistics import CollectionStatistics
from taskschema.analysis.stats.tables import USUAL, overview, spread
from taskschema.analysis.stats.text import cell
from taskschema.core.errors import ConfigError, DestinationError
from taskschema.dataset.bar_chart import ChartSection, draw

__all__ = ["drawn", "require_drawable"]

LIBRARY, PACKAGE = "resvg_py", "resvg-py"
MOST_BARS = 80  # more than the number of categories, so that each has a bar
MOST_SHARES = 20
SHARP = 2.0  # pixels of the PNG per pixel of the SVG


def require_drawable(path: Path) -> None:
    """Check that a plot can be drawn, before any task is read.

    Raises:
        ConfigError: the name does not end with .svg or .png, or the library for PNG is missing.
    """
    suffix = path.suffix.lower()
    if suffix not in (".svg", ".png"):
        raise ConfigError(f"--plot: {path} must end with .svg or .png. Rename it.")
    if suffix == ".png" and find_spec(LIBRARY) is None:
        raise ConfigError(
            f"--plot: a PNG needs {PACKAGE}. Install it (pip install {PACKAGE}), or use .svg."
        )


def drawn(statistics: CollectionStatistics, path: Path, by: Sequence[str] = ()) -> bytes:
    """Return the plot in the format of the suffix of the path.

    Raises:
        DestinationError: the library cannot draw the plot.
    """
    title = "What the collection is made of"
    svg = draw(title, [*_sections(statistics, by)])
    if path.suffix.lower() == ".svg":
        return svg.encode()
    try:
        return bytes(import_module(LIBRARY).svg_to_bytes(svg_string=svg, zoom=SHARP))
    except ValueError as error:
        raise DestinationError(f"{path}: {PACKAGE} cannot draw it: {error}. Use .svg.") from error


def _sections(statistics: CollectionStatistics, by: Sequence[str]) -> Iterator[ChartSection]:
    for table in overview(statistics.tasks, by or USUAL):
        head = table.heads[0]
        # Grouped by task, every bar of tasks would be 1.
        index = table.heads.index("instances" if head == "task" else "tasks")
        what = table.heads[index].capitalize()
        bars = [(cell(head, row[0]), int(row[index] or 0)) for row in table.rows]
        bars.sort(key=lambda bar: -bar[1])
        yield ChartSection(
            f"{what} {table.title[0].lower()}{table.title[1:]}", bars, most=MOST_BARS
        )
    if by:
        return
    yield ChartSection(
        "Inputs by length in characters", [*spread(statistics.tasks)], most=MOST_BARS
    )
    labelled = [one for one in statistics.tasks if one.labels]
    shares = [(one.name, round(100 * one.labels.share)) for one in labelled if one.labels]
    shares.sort(key=lambda bar: (-bar[1], bar[0]))
    if shares:
        # A bar of the remaining tasks would add shares, which has no meaning.
        more = f", the {MOST_SHARES} largest" if len(shares) > MOST_SHARES else ""
        yield ChartSection(
            f"Share of the most frequent label{more}", shares[:MOST_SHARES], unit="%"
        )

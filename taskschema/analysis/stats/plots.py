"""A plot of a census, in the style of the plots on cards; as SVG, or as PNG where a library draws.

An SVG needs nothing. For a PNG it is drawn by `resvg_py`, which brings all it needs and is small.
"""

from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from taskschema.analysis.stats import Census
from taskschema.analysis.stats.tables import USUAL, overview, spread
from taskschema.analysis.stats.text import cell
from taskschema.core.errors import ConfigError, DestinationError
from taskschema.dataset.bar_chart import ChartSection, draw

__all__ = ["drawn", "require_drawable"]

LIBRARY, PACKAGE = "resvg_py", "resvg-py"
MOST_BARS = 80  # more than there are categories, so that each has its bar
MOST_SHARES = 20
SHARP = 2.0  # pixels of a PNG to one of the SVG


def require_drawable(path: Path) -> None:
    """Refuse, before anything is read, a plot that could not be written.

    Raises:
        ConfigError: the name ends with neither .svg nor .png, or nothing here draws a PNG.
    """
    suffix = path.suffix.lower()
    if suffix not in (".svg", ".png"):
        raise ConfigError(f"--plot: {path} is neither .svg nor .png. Give it one of these endings.")
    if suffix == ".png" and find_spec(LIBRARY) is None:
        raise ConfigError(
            f"--plot: a PNG needs {PACKAGE}. Install it (pip install {PACKAGE}), or give .svg."
        )


def drawn(census: Census, path: Path, by: Sequence[str] = ()) -> bytes:
    """The plot, in the format that the ending of the path names.

    Raises:
        DestinationError: the library refuses to draw it.
    """
    title = "What the collection is made of"
    svg = draw(title, [*_sections(census, by)])
    if path.suffix.lower() == ".svg":
        return svg.encode()
    try:
        return bytes(import_module(LIBRARY).svg_to_bytes(svg_string=svg, zoom=SHARP))
    except ValueError as error:
        raise DestinationError(f"{path}: {PACKAGE} cannot draw it: {error}. Give .svg.") from error


def _sections(census: Census, by: Sequence[str]) -> Iterator[ChartSection]:
    for table in overview(census.measures, by or USUAL):
        head = table.heads[0]
        # By task, each bar would be one task.
        index = table.heads.index("instances" if head == "task" else "tasks")
        what = table.heads[index].capitalize()
        bars = [(cell(head, row[0]), int(row[index] or 0)) for row in table.rows]
        bars.sort(key=lambda bar: -bar[1])
        yield ChartSection(
            f"{what} {table.title[0].lower()}{table.title[1:]}", bars, most=MOST_BARS
        )
    if by:
        return
    yield ChartSection("Inputs by length in characters", [*spread(census.measures)], most=MOST_BARS)
    labelled = [one for one in census.measures if one.labels]
    shares = [(one.name, round(100 * one.labels.share)) for one in labelled if one.labels]
    shares.sort(key=lambda bar: (-bar[1], bar[0]))
    if shares:
        # The rest would share a bar, and shares cannot be added.
        more = f", the {MOST_SHARES} largest" if len(shares) > MOST_SHARES else ""
        yield ChartSection(
            f"Share of the most frequent label{more}", shares[:MOST_SHARES], unit="%"
        )

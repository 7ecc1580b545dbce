"""Renders statistics as Markdown: the tables of the text output, with names as code."""

from collections.abc import Iterator, Sequence

from taskschema.analysis.stats.gaps import Gap, gaps
from taskschema.analysis.stats.statistics import CollectionStatistics
from taskschema.analysis.stats.tables import Cell, StatsTable, overview
from taskschema.analysis.stats.text import HEADING, cell, headline, is_number, tasks_named
from taskschema.core.text.markdown import code

__all__ = ["render"]

PLAIN_HEADS = ("texts", "tasks", "kind", "version", "licence-class", "method")
MOST_ROWS = 30
MOST_NAMES = 8  # tasks; terms and languages are all listed


def render(statistics: CollectionStatistics, by: Sequence[str] = ()) -> str:
    """Return the overview, or the full tables of some groups."""
    parts = [f"{headline(statistics)}\n"]
    parts += ["".join(_table(table, is_whole=bool(by))) for table in overview(statistics.tasks, by)]
    if not by:
        parts.append(f"### {HEADING}\n\n{''.join(_gaps(gaps(statistics.tasks)))}")
    return "\n".join(filter(None, parts))


def _table(table: StatsTable, *, is_whole: bool) -> Iterator[str]:
    if not table.rows:
        return
    yield f"### {table.title}\n\n"
    yield f"| {' | '.join(table.heads)} |\n"
    rules = ("---:" if is_number(table, index) else "---" for index in range(len(table.heads)))
    yield f"| {' | '.join(rules)} |\n"
    listed = table.rows if is_whole else table.rows[:MOST_ROWS]
    for row in listed:
        cells = (_cell(*pair) for pair in zip(table.heads, row, strict=True))
        yield f"| {' | '.join(cells)} |\n"
    rest = len(table.rows) - len(listed)
    note = " ".join(filter(None, (f"{rest:,} more are not shown." if rest else "", table.note)))
    if note:
        yield f"\n{note}\n"


def _cell(head: str, value: Cell) -> str:
    """Return a cell; text from tasks is code, so that no markup or mention takes effect."""
    text = cell(head, value)
    if not isinstance(value, str) or not value or head in PLAIN_HEADS:
        return text
    return code(text).replace("|", r"\|")


def _gaps(found: Sequence[Gap]) -> Iterator[str]:
    for gap in found:
        if not gap.names:
            continue
        names = gap.names[:MOST_NAMES] if tasks_named(gap) else gap.names
        rest = len(gap.names) - len(names)
        key = "language" if gap.key.startswith("languages") else ""
        cells = (cell(key, name) for name in names)
        listed = ", ".join(code(name) if key or tasks_named(gap) else name for name in cells)
        more = f", and {rest:,} more" if rest else ""
        yield f"- {len(gap.names):,} of {gap.of:,} {gap.what}: {listed}{more}\n"

"""A census as Markdown, for a pull request or a page: the same tables, with all names as code."""

from collections.abc import Iterator, Sequence

from taskschema.analysis.stats import Census
from taskschema.analysis.stats.gaps import Gap, gaps
from taskschema.analysis.stats.tables import Cell, StatsTable, overview
from taskschema.analysis.stats.text import HEADING, cell, headline, is_number, tasks_named
from taskschema.core.text.markdown import code

__all__ = ["render"]

OURS = ("texts", "tasks", "kind", "version", "licence-class", "method")
MOST_ROWS = 30
MOST_NAMES = 8  # tasks; terms and languages are all told


def render(census: Census, by: Sequence[str] = ()) -> str:
    """The overview, or the tables of some groups in full."""
    parts = [f"{headline(census)}\n"]
    parts += ["".join(_table(table, is_whole=bool(by))) for table in overview(census.measures, by)]
    if not by:
        parts.append(f"### {HEADING}\n\n{''.join(_gaps(gaps(census.measures)))}")
    return "\n".join(filter(None, parts))


def _table(table: StatsTable, *, is_whole: bool) -> Iterator[str]:
    if not table.rows:
        return
    yield f"### {table.title}\n\n"
    yield f"| {' | '.join(table.heads)} |\n"
    rules = ("---:" if is_number(table, index) else "---" for index in range(len(table.heads)))
    yield f"| {' | '.join(rules)} |\n"
    shown = table.rows if is_whole else table.rows[:MOST_ROWS]
    for row in shown:
        cells = (_cell(*pair) for pair in zip(table.heads, row, strict=True))
        yield f"| {' | '.join(cells)} |\n"
    rest = len(table.rows) - len(shown)
    note = " ".join(filter(None, (f"{rest:,} more are not shown." if rest else "", table.note)))
    if note:
        yield f"\n{note}\n"


def _cell(head: str, value: Cell) -> str:
    """A cell; what stands in tasks is code, so that it can be no markup and mention nobody."""
    text = cell(head, value)
    if not isinstance(value, str) or not value or head in OURS:
        return text
    return code(text).replace("|", r"\|")


def _gaps(found: Sequence[Gap]) -> Iterator[str]:
    for gap in found:
        if not gap.names:
            continue
        names = gap.names[:MOST_NAMES] if tasks_named(gap) else gap.names
        rest = len(gap.names) - len(names)
        key = "language" if gap.key.startswith("languages") else ""
        shown = (cell(key, name) for name in names)
        listed = ", ".join(code(name) if key or tasks_named(gap) else name for name in shown)
        more = f", and {rest:,} more" if rest else ""
        yield f"- {len(gap.names):,} of {gap.of:,} {gap.what}: {listed}{more}\n"

"""Renders statistics as text for a terminal: tables with aligned columns, then the gaps."""

from collections.abc import Iterator, Sequence

from taskschema.analysis.stats.gaps import Gap, gaps
from taskschema.analysis.stats.statistics import CollectionStatistics
from taskschema.analysis.stats.tables import GROUPS, USUAL, Cell, StatsTable, overview
from taskschema.core.text.printing import printable, several
from taskschema.core.text.wrapping import columns, wrap
from taskschema.schema import languages

__all__ = ["HEADING", "cell", "headline", "is_number", "render", "tasks_named"]

HEADING = "Missing data"
MOST_ROWS = 12
MOST_NAMES = 8  # tasks; terms and languages are all listed
LONGEST = 40  # terminal columns of a name
NO_VALUE = "(none stated)"
SHARES = ("share", "even")
GAP = "  "


def render(statistics: CollectionStatistics, by: Sequence[str] = (), *, width: int = 100) -> str:
    """Return the overview, or the full tables of some groups."""
    parts = [[headline(statistics)]]
    parts += [
        list(_table(table, width, is_whole=bool(by))) for table in overview(statistics.tasks, by)
    ]
    if not by:
        parts.append([HEADING, *_gaps(gaps(statistics.tasks), width)])
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def headline(statistics: CollectionStatistics) -> str:
    """Return a sentence with the numbers of tasks, instances and unreadable files."""
    instances = sum(one.instances for one in statistics.tasks)
    of = several(len(statistics.tasks), "task")
    unreadable = len({finding.path for finding in statistics.refused})
    more = f" {several(unreadable, 'file')} could not be read." if unreadable else ""
    return f"{of} with {several(instances, 'instance')}.{more}"


def cell(head: str, value: Cell) -> str:
    """Return a value formatted on one line."""
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.0%}" if head in SHARES else f"{value:.1f}"
    if isinstance(value, int):
        return f"{value:,}"
    if not value:
        return NO_VALUE if head in GROUPS else "-"
    name = languages.name_of(value) if head == "language" else None
    return printable(f"{name} ({value})" if name else " ".join(value.split()))


def is_number(table: StatsTable, index: int) -> bool:
    """Whether a column holds numbers, which are right-aligned."""
    return any(isinstance(row[index], (int, float)) for row in table.rows)


def tasks_named(gap: Gap) -> bool:
    """Whether the names of a gap are those of tasks, which may be many."""
    return gap.key.startswith("tasks_")


def _table(table: StatsTable, width: int, *, is_whole: bool) -> Iterator[str]:
    if not table.rows:
        return
    yield table.title
    listed = table.rows if is_whole else table.rows[:MOST_ROWS]
    rows = [[_cut(cell(*pair)) for pair in zip(table.heads, row, strict=True)] for row in listed]
    lines = [list(table.heads), *rows]
    right = [is_number(table, index) for index in range(len(table.heads))]
    widths = [max(columns(line[index]) for line in lines) for index in range(len(right))]
    for line in lines:
        cells = zip(line, widths, right, strict=True)
        yield GAP + GAP.join(_padded(*one) for one in cells).rstrip()
    if rest := len(table.rows) - len(listed):
        (*_, name) = table.key.partition("by_")
        group = name.replace("_", "-")
        how = f"--by {group}" if group in USUAL else "--format json"
        yield f"{GAP}... and {rest:,} more; `{how}` lists all"
    if table.note:
        yield from (GAP + line for line in wrap(table.note, width - len(GAP)))


def _padded(text: str, width: int, right: bool) -> str:  # noqa: FBT001 - one of a row of columns
    space = " " * (width - columns(text))
    return space + text if right else text + space


def _cut(text: str) -> str:
    """Return the text, cut to LONGEST terminal columns."""
    if columns(text) <= LONGEST:
        return text
    while columns(text) > LONGEST - len("..."):
        text = text[:-1]
    return f"{text}..."


def _gaps(found: Sequence[Gap], width: int) -> Iterator[str]:
    for gap in found:
        if not gap.names:
            continue
        names = gap.names[:MOST_NAMES] if tasks_named(gap) else gap.names
        rest = len(gap.names) - len(names)
        key = "language" if gap.key.startswith("languages") else ""
        listed = ", ".join(cell(key, name) for name in names) + (
            f", and {rest:,} more" if rest else ""
        )
        line = f"{len(gap.names):,} of {gap.of:,} {gap.what}: {listed}"
        first, *others = wrap(line, width - 2 * len(GAP))
        yield GAP + first
        yield from (2 * GAP + other for other in others)

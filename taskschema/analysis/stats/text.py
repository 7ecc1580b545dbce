"""A census as text for a terminal: tables with aligned columns, then what is missing."""

from collections.abc import Iterator, Sequence

from taskschema.analysis.stats import Census
from taskschema.analysis.stats.gaps import Gap, gaps
from taskschema.analysis.stats.tables import GROUPS, USUAL, Cell, StatsTable, overview
from taskschema.core.text.printing import printable, several
from taskschema.core.text.wrapping import display_width, wrap
from taskschema.schema import languages

__all__ = ["HEADING", "cell", "headline", "is_number", "render", "tasks_named"]

HEADING = "Where data is missing"
MOST_ROWS = 12
MOST_NAMES = 8  # tasks; terms and languages are all told
LONGEST = 40  # cells of a name
NOWHERE = "(none stated)"
SHARES = ("share", "even")
GAP = "  "


def render(census: Census, by: Sequence[str] = (), *, width: int = 100) -> str:
    """The overview, or the tables of some groups in full."""
    parts = [[headline(census)]]
    parts += [
        list(_table(table, width, is_whole=bool(by))) for table in overview(census.measures, by)
    ]
    if not by:
        parts.append([HEADING, *_gaps(gaps(census.measures), width)])
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def headline(census: Census) -> str:
    """How much there is."""
    instances = sum(one.instances for one in census.measures)
    of = several(len(census.measures), "task")
    left = len({finding.path for finding in census.refused})
    missing = f" {several(left, 'file')} could not be read." if left else ""
    return f"{of} with {several(instances, 'instance')}.{missing}"


def cell(head: str, value: Cell) -> str:
    """A value as people read it, on one line."""
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.0%}" if head in SHARES else f"{value:.1f}"
    if isinstance(value, int):
        return f"{value:,}"
    if not value:
        return NOWHERE if head in GROUPS else "-"
    name = languages.name_of(value) if head == "language" else None
    return printable(f"{name} ({value})" if name else " ".join(value.split()))


def is_number(table: StatsTable, index: int) -> bool:
    """Whether a column holds numbers, which are aligned to the right."""
    return any(isinstance(row[index], (int, float)) for row in table.rows)


def tasks_named(gap: Gap) -> bool:
    """Whether the names of a gap are of tasks, which may be very many."""
    return gap.key.startswith("tasks_")


def _table(table: StatsTable, width: int, *, is_whole: bool) -> Iterator[str]:
    if not table.rows:
        return
    yield table.title
    shown = table.rows if is_whole else table.rows[:MOST_ROWS]
    rows = [[_cut(cell(*pair)) for pair in zip(table.heads, row, strict=True)] for row in shown]
    lines = [list(table.heads), *rows]
    right = [is_number(table, index) for index in range(len(table.heads))]
    widths = [max(display_width(line[index]) for line in lines) for index in range(len(right))]
    for line in lines:
        cells = zip(line, widths, right, strict=True)
        yield GAP + GAP.join(_padded(*one) for one in cells).rstrip()
    if rest := len(table.rows) - len(shown):
        (*_, name) = table.key.partition("by_")
        group = name.replace("_", "-")
        how = f"--by {group}" if group in USUAL else "--format json"
        yield f"{GAP}... and {rest:,} more; `{how}` lists all"
    if table.note:
        yield from (GAP + line for line in wrap(table.note, width - len(GAP)))


def _padded(text: str, width: int, right: bool) -> str:  # noqa: FBT001 - one of a row of columns
    space = " " * (width - display_width(text))
    return space + text if right else text + space


def _cut(text: str) -> str:
    """The text, cut to what there is room for."""
    if display_width(text) <= LONGEST:
        return text
    while display_width(text) > LONGEST - len("..."):
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

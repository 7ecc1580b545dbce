"""Tables of statistics: counts by metadata, balance of labels, lengths, demonstrations."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import fmean
from types import MappingProxyType
from typing import TypeAlias

from taskschema.analysis.stats.task_statistics import Lengths, TaskStatistics
from taskschema.core.errors import ConfigError
from taskschema.core.plugin_settings import suggest
from taskschema.core.text.printing import printable, several

__all__ = ["GROUPS", "USUAL", "Cell", "StatsTable", "groups", "overview", "spread"]

Cell: TypeAlias = str | int | float | None
"""A name, a count, a share from 0 to 1 or a mean; None if there is nothing to count."""

Values = Callable[[TaskStatistics], Iterable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatsTable:
    """A table of statistics."""

    key: str
    """Key in the JSON output."""
    title: str
    heads: tuple[str, ...]
    """`share` is of instances, `language` holds tags, and the first head names the rows."""
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    """A sentence that explains the columns."""


GROUPS: Mapping[str, Values] = MappingProxyType(
    {
        "category": lambda one: one.categories,
        "language": lambda one: one.languages,
        "licence": lambda one: one.licences,
        "licence-class": lambda one: (one.licence_class,),
        "kind": lambda one: (one.kind,),
        "domain": lambda one: one.domains,
        "reasoning": lambda one: one.reasoning,
        "method": lambda one: (one.method,) if one.method else (),
        "contributor": lambda one: one.contributors,
        "source": lambda one: one.sources,
        "version": lambda one: (str(one.version),),
        "task": lambda one: (one.name,),
    }
)
"""Groups for `--by`, each with a function that returns the values of a task."""
USUAL = ("category", "language", "licence", "licence-class", "kind")
NAMES = {
    "licence-class": "licence class",
    "kind": "answer format",
    "method": "method of provenance",
    "version": "schema version of the file",
}
SPELLINGS = {"license": "licence", "license-class": "licence-class"}
NONE = ""
SEVERAL = "A task with several values counts for each of them."
SHARES = (0.5, 0.95)


def groups(names: Sequence[str]) -> tuple[str, ...]:
    """Return the distinct groups of these names.

    Raises:
        ConfigError: a group does not exist; the message names the nearest one, or all.
    """
    found: dict[str, None] = {}
    for given in names:
        name = given.strip().casefold()
        name = SPELLINGS.get(name, name)
        if name not in GROUPS:
            message = f"--by: unknown group `{printable(given)}`."
            raise ConfigError(f"{message} {suggest(given, tuple(GROUPS))}")
        found[name] = None
    return tuple(found)


def overview(tasks: Sequence[TaskStatistics], by: Sequence[str] = ()) -> list[StatsTable]:
    """Return detailed tables of the given groups, or else the usual tables."""
    if by:
        return [_group(tasks, name, is_wide=True) for name in by]
    tables = [_group(tasks, name) for name in USUAL]
    return [*tables, _balances(tasks), _lengths(tasks), _demonstrations(tasks)]


def _group(tasks: Sequence[TaskStatistics], name: str, *, is_wide: bool = False) -> StatsTable:
    values = GROUPS[name]
    members: dict[str, list[TaskStatistics]] = {}
    for one in tasks:
        for value in tuple(values(one)) or (NONE,):
            members.setdefault(value, []).append(one)
    total = sum(one.instances for one in tasks)
    rows = [_row(value, some, total, is_wide=is_wide) for value, some in members.items()]
    # Tasks without a value come last, however many there are.
    rows.sort(key=lambda row: (row[0] == NONE, *(-float(cell or 0) for cell in row[1:3]), row[0]))
    more = ("input", "output", "positive", "negative") if is_wide else ()
    note = SEVERAL if any(len(tuple(values(one))) > 1 for one in tasks) else ""
    if is_wide:
        lengths = "Input and output: median lengths in characters."
        counts = "Positive and negative: demonstrations per task."
        note = " ".join(filter(None, (note, lengths, counts)))
    return StatsTable(
        key=f"by_{name.replace('-', '_')}",
        title=f"By {NAMES.get(name, name)}",
        heads=(name, "tasks", "instances", "share", *more),
        rows=tuple(rows),
        note=note,
    )


def _row(
    value: str, some: Sequence[TaskStatistics], total: int, *, is_wide: bool
) -> tuple[Cell, ...]:
    instances = sum(one.instances for one in some)
    counts = (value, len(some), instances, instances / total if total else None)
    if not is_wide:
        return counts
    lengths = (_median(one.inputs for one in some), _median(one.outputs for one in some))
    means = (fmean(one.positive for one in some), fmean(one.negative for one in some))
    return (*counts, *lengths, *means)


def _balances(tasks: Sequence[TaskStatistics]) -> StatsTable:
    rows = [
        (one.name, one.labels.number, one.labels.most, one.labels.share, 1 / one.labels.number)
        for one in tasks
        if one.labels
    ]
    rows.sort(key=lambda row: (row[4] - row[3], row[0]))  # the least balanced first
    undeclared = sum(1 for one in tasks if one.labels and not one.labels.declared)
    note = (
        "Share: instances with the most frequent label, which is the score of always answering it. "
        "Even: that share if all labels were equally frequent."
    )
    if undeclared:
        note += f" {several(undeclared, 'task')}: labels not declared, derived from the outputs."
    return StatsTable(
        key="labels",
        title="Tasks with labels, the least balanced first",
        heads=("task", "labels", "most frequent", "share", "even"),
        rows=tuple(rows),
        note=note if rows else "",
    )


def _lengths(tasks: Sequence[TaskStatistics]) -> StatsTable:
    parts: tuple[tuple[str, Callable[[TaskStatistics], Lengths]], ...] = (
        ("definitions", lambda one: one.definitions),
        ("inputs", lambda one: one.inputs),
        ("outputs", lambda one: one.outputs),
        ("explanations", lambda one: one.explanations),
    )
    rows = []
    for name, lengths in parts:
        texts = sorted(chain.from_iterable(map(lengths, tasks)))
        longest = [max(lengths(one), default=0) for one in tasks]
        where = tasks[longest.index(max(longest))].name if texts else ""
        rows.append((name, len(texts), *(_quantile(texts, share) for share in (*SHARES, 1)), where))
    return StatsTable(
        key="lengths",
        title="Lengths in characters",
        heads=("texts", "count", "median", "95th percentile", "longest", "which is in"),
        rows=tuple(rows),
    )


def _demonstrations(tasks: Sequence[TaskStatistics]) -> StatsTable:
    counts = (
        ("without a positive one", [one for one in tasks if not one.positive]),
        ("without a negative one", [one for one in tasks if not one.negative]),
        ("with one that is not explained", [one for one in tasks if one.unexplained]),
    )
    means = [("positive", "positive"), ("negative", "negative")]
    note = ", ".join(
        f"{_mean(getattr(one, key) for one in tasks):.1f} {word}" for word, key in means
    )
    return StatsTable(
        key="demonstrations",
        title="Demonstrations",
        heads=("tasks", "count", "of"),
        rows=tuple((what, len(some), len(tasks)) for what, some in counts),
        note=f"On average a task has {note}." if tasks else "",
    )


def spread(tasks: Sequence[TaskStatistics]) -> Iterator[tuple[str, int]]:
    """Yield ranges of lengths in characters, each twice as wide as the last, and their inputs."""
    texts = sorted(chain.from_iterable(one.inputs for one in tasks))
    least, most = 0, 25
    while texts and least <= texts[-1]:
        count = bisect_left(texts, most) - bisect_left(texts, least)
        yield f"{least:,} to {most - 1:,}", count
        least, most = most, 2 * most


def _median(lengths: Iterable[Lengths]) -> int | None:
    return _quantile(sorted(chain.from_iterable(lengths)), SHARES[0])


def _mean(numbers: Iterable[int]) -> float:
    found = list(numbers)
    return fmean(found) if found else 0.0


def _quantile(ordered: Sequence[int], share: float) -> int | None:
    """Return the quantile of sorted lengths by nearest rank; None if there are none."""
    if not ordered:
        return None
    rank = -int(-share * len(ordered) // 1)
    return ordered[max(0, rank - 1)]

"""Tables of a census: counts by what tasks say of themselves, labels, lengths, demonstrations."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import fmean
from types import MappingProxyType
from typing import TypeAlias

from taskschema.analysis.stats.measures import Lengths, Measure
from taskschema.core.errors import ConfigError
from taskschema.core.plugin_settings import suggest
from taskschema.core.text.printing import printable, several

__all__ = ["GROUPS", "USUAL", "Cell", "StatsTable", "groups", "overview", "spread"]

Cell: TypeAlias = str | int | float | None
"""A name, a count, a share from 0 to 1 or a mean; None where there is nothing to count."""

Values = Callable[[Measure], Iterable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatsTable:
    """Rows under heads; what each column holds is said by its head."""

    key: str
    """What it is called in JSON."""
    title: str
    heads: tuple[str, ...]
    """`share` is of instances, `mean` a mean, `language` a tag; the first head names the rows."""
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    """A sentence on how to read it."""


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
"""What tasks can be counted by, with what a task has of it: nothing, one value or several."""
USUAL = ("category", "language", "licence", "licence-class", "kind")
NAMES = {
    "licence-class": "licence class",
    "kind": "kind of answer",
    "method": "way the instances were made",
    "version": "schema version of the file",
}
SPELT = {"license": "licence", "license-class": "licence-class"}
NONE = ""
SEVERAL = "A task with several counts with each."
SHARES = (0.5, 0.95)


def groups(names: Sequence[str]) -> tuple[str, ...]:
    """The groups of these names, each once.

    Raises:
        ConfigError: there is no such group; it names a near miss, or all.
    """
    found: dict[str, None] = {}
    for given in names:
        name = given.strip().casefold()
        name = SPELT.get(name, name)
        if name not in GROUPS:
            missed = f"--by: nothing is counted by `{printable(given)}`."
            raise ConfigError(f"{missed} {suggest(given, tuple(GROUPS))}")
        found[name] = None
    return tuple(found)


def overview(measures: Sequence[Measure], by: Sequence[str] = ()) -> list[StatsTable]:
    """The tables of some groups, with all that can be told of each; without any, of the usual."""
    if by:
        return [_group(measures, name, is_wide=True) for name in by]
    tables = [_group(measures, name) for name in USUAL]
    return [*tables, _balances(measures), _lengths(measures), _demonstrations(measures)]


def _group(measures: Sequence[Measure], name: str, *, is_wide: bool = False) -> StatsTable:
    values = GROUPS[name]
    members: dict[str, list[Measure]] = {}
    for one in measures:
        for value in tuple(values(one)) or (NONE,):
            members.setdefault(value, []).append(one)
    total = sum(one.instances for one in measures)
    rows = [_row(value, some, total, is_wide=is_wide) for value, some in members.items()]
    # What tasks do not say stands last, however often.
    rows.sort(key=lambda row: (row[0] == NONE, *(-float(cell or 0) for cell in row[1:3]), row[0]))
    more = ("input", "output", "positive", "negative") if is_wide else ()
    note = SEVERAL if any(len(tuple(values(one))) > 1 for one in measures) else ""
    if is_wide:
        lengths = "Input and output: median lengths in characters."
        shown = "Positive and negative: demonstrations per task."
        note = " ".join(filter(None, (note, lengths, shown)))
    return StatsTable(
        key=f"by_{name.replace('-', '_')}",
        title=f"By {NAMES.get(name, name)}",
        heads=(name, "tasks", "instances", "share", *more),
        rows=tuple(rows),
        note=note,
    )


def _row(value: str, some: Sequence[Measure], total: int, *, is_wide: bool) -> tuple[Cell, ...]:
    instances = sum(one.instances for one in some)
    counts = (value, len(some), instances, instances / total if total else None)
    if not is_wide:
        return counts
    lengths = (_median(one.inputs for one in some), _median(one.outputs for one in some))
    means = (fmean(one.positive for one in some), fmean(one.negative for one in some))
    return (*counts, *lengths, *means)


def _balances(measures: Sequence[Measure]) -> StatsTable:
    rows = [
        (one.name, one.labels.number, one.labels.most, one.labels.share, 1 / one.labels.number)
        for one in measures
        if one.labels
    ]
    rows.sort(key=lambda row: (row[4] - row[3], row[0]))  # the furthest from even first
    seen = sum(1 for one in measures if one.labels and not one.labels.declared)
    undeclared = several(seen, "task")
    which = f" Of {undeclared} the labels are not declared but told by the outputs." if seen else ""
    note = (
        "Share: of the instances that have the most frequent label, so what it scores to answer it "
        f"always. Even: what that would be if all labels were as frequent.{which}"
    )
    return StatsTable(
        key="labels",
        title="Tasks that choose from labels, the least even first",
        heads=("task", "labels", "most frequent", "share", "even"),
        rows=tuple(rows),
        note=note if rows else "",
    )


def _lengths(measures: Sequence[Measure]) -> StatsTable:
    parts: tuple[tuple[str, Callable[[Measure], Lengths]], ...] = (
        ("definitions", lambda one: one.definitions),
        ("inputs", lambda one: one.inputs),
        ("outputs", lambda one: one.outputs),
        ("explanations", lambda one: one.explanations),
    )
    rows = []
    for name, lengths in parts:
        texts = sorted(chain.from_iterable(map(lengths, measures)))
        longest = [max(lengths(one), default=0) for one in measures]
        where = measures[longest.index(max(longest))].name if texts else ""
        rows.append((name, len(texts), *(_quantile(texts, share) for share in (*SHARES, 1)), where))
    return StatsTable(
        key="lengths",
        title="Lengths in characters",
        heads=("texts", "count", "median", "95th percentile", "longest", "which is in"),
        rows=tuple(rows),
    )


def _demonstrations(measures: Sequence[Measure]) -> StatsTable:
    counts = (
        ("without a positive one", [one for one in measures if not one.positive]),
        ("without a negative one", [one for one in measures if not one.negative]),
        ("with one that is not explained", [one for one in measures if one.unexplained]),
    )
    means = [("positive", "positive"), ("negative", "negative")]
    note = ", ".join(
        f"{_mean(getattr(one, key) for one in measures):.1f} {word}" for word, key in means
    )
    return StatsTable(
        key="demonstrations",
        title="Demonstrations",
        heads=("tasks", "count", "of"),
        rows=tuple((what, len(some), len(measures)) for what, some in counts),
        note=f"On average a task has {note}." if measures else "",
    )


def spread(measures: Sequence[Measure]) -> Iterator[tuple[str, int]]:
    """How many inputs are how long, in characters: each step is twice the one before."""
    texts = sorted(chain.from_iterable(one.inputs for one in measures))
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
    """The smallest length that at least this share of the texts do not pass (nearest rank)."""
    if not ordered:
        return None
    rank = -int(-share * len(ordered) // 1)
    return ordered[max(0, rank - 1)]

"""Statistics of one task: its metadata, its counts and the lengths of its texts."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from taskschema.dataset.task_metadata import languages_of, license_class_of, licenses_of
from taskschema.schema.columns import Columns

__all__ = ["LabelBalance", "Lengths", "TaskStatistics", "task_statistics"]

LONGEST = 200  # characters of a name or a label that are kept

Lengths = Sequence[int]
"""Lengths of texts in characters."""


class LabelBalance(NamedTuple):
    """The distribution of the labels of a task."""

    number: int
    """Number of labels, used or not."""
    most: str
    """The most frequent label."""
    share: float
    """Share of the instances that accept it, 0 to 1: the score of always answering it."""
    declared: bool
    """Whether the task declares its labels; if not, few distinct outputs count as labels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStatistics:
    """Statistics of one task, small enough to keep those of all tasks in memory."""

    name: str
    path: str
    version: int
    """Schema version of the file."""
    kind: str
    method: str
    """Method of provenance; empty if the task has none."""
    categories: tuple[str, ...]
    domains: tuple[str, ...]
    reasoning: tuple[str, ...]
    languages: tuple[str, ...]
    """Distinct canonical tags of instruction, input and output."""
    licences: tuple[str, ...]
    licence_class: str
    contributors: tuple[str, ...]
    sources: tuple[str, ...]
    instances: int
    positive: int
    negative: int
    unexplained: int
    """Number of demonstrations with a blank explanation."""
    labels: LabelBalance | None
    """None for a task without labels."""
    definitions: Lengths
    inputs: Lengths
    outputs: Lengths
    """Lengths of all acceptable outputs of all instances."""
    explanations: Lengths


def task_statistics(columns: Columns, version: int) -> TaskStatistics:
    """Return the statistics of a task whose file has that schema version."""
    task = columns.task
    positive, negative = columns.demonstrations.values()
    explanations = [row.get("explanation", "").strip() for row in (*positive, *negative)]
    return TaskStatistics(
        name=columns.name,
        path=columns.path.as_posix(),
        version=version,
        kind=columns.answer_format["kind"],
        method=task.get("provenance", {}).get("method", ""),
        categories=_once(task.get("categories", ())),
        domains=_once(task.get("domains", ())),
        reasoning=_once(task.get("reasoning", ())),
        languages=tuple(sorted(set(languages_of(task)))),
        licences=_once(sorted(licenses_of(task))),
        licence_class=license_class_of(columns),
        contributors=_once(one["name"] for one in task.get("contributors", ())),
        sources=_once(one["name"] for one in task.get("sources", ())),
        instances=len(columns.instances),
        positive=len(positive),
        negative=len(negative),
        unexplained=explanations.count(""),
        labels=_labels(columns),
        definitions=_lengths(columns.definition),
        inputs=_lengths(columns.inputs),
        outputs=_lengths(chain.from_iterable(columns.outputs)),
        explanations=_lengths(filter(None, explanations)),
    )


def _once(names: Iterable[str]) -> tuple[str, ...]:
    """Return the distinct names in order, stripped, and cut at LONGEST characters."""
    return tuple(dict.fromkeys(name.strip()[:LONGEST] for name in names if name.strip()))


def _lengths(texts: Iterable[str]) -> Lengths:
    return array("I", list(map(len, texts)))


def _labels(columns: Columns) -> LabelBalance | None:
    space = columns.label_space
    if space is None or not columns.instances or not space.used:
        return None
    label, count = next(iter(space.counts.items()))
    share = min(1.0, count / len(columns.instances))
    return LabelBalance(len(space.counts), label[:LONGEST], share, not space.grounds)

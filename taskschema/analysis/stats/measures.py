"""What is kept of one task to count it: names, numbers, and the lengths of its texts."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from taskschema.dataset.task_metadata import languages_of, license_class_of, licenses_of
from taskschema.schema.columns import Columns

__all__ = ["LabelCounts", "Lengths", "Measure", "measure"]

LONGEST = 200  # characters of a name or a label; more are never shown

Lengths = Sequence[int]
"""Of texts, in characters."""


class LabelCounts(NamedTuple):
    """How the instances of a task divide among its labels."""

    number: int
    """How many labels there are, used or not."""
    most: str
    """The most frequent one."""
    share: float
    """Of the instances that accept it, from 0 to 1: what it would score to answer it always."""
    declared: bool
    """Whether the task lists them; else its outputs are so few that they are taken for labels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One task, small enough to be sent from a worker and kept for all tasks at once."""

    name: str
    path: str
    version: int
    """Of the schema, as the file stands."""
    kind: str
    method: str
    """How the instances came to be; empty where the task does not say."""
    categories: tuple[str, ...]
    domains: tuple[str, ...]
    reasoning: tuple[str, ...]
    languages: tuple[str, ...]
    """Canonical tags of instruction, input and output, each once."""
    licences: tuple[str, ...]
    licence_class: str
    contributors: tuple[str, ...]
    sources: tuple[str, ...]
    instances: int
    positive: int
    negative: int
    unexplained: int
    """Demonstrations whose explanation is blank."""
    labels: LabelCounts | None
    """None for a task that does not choose from labels, as far as one can see."""
    definitions: Lengths
    inputs: Lengths
    outputs: Lengths
    """Of every alternative of every instance."""
    explanations: Lengths


def measure(columns: Columns, version: int) -> Measure:
    """The measure of a task that fits its schema, which its file has in that version."""
    task = columns.task
    positive, negative = columns.demonstrations.values()
    explanations = [row.get("explanation", "").strip() for row in (*positive, *negative)]
    return Measure(
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
    """Each name once, in order, without white space round it and cut where it is long."""
    return tuple(dict.fromkeys(name.strip()[:LONGEST] for name in names if name.strip()))


def _lengths(texts: Iterable[str]) -> Lengths:
    return array("I", list(map(len, texts)))


def _labels(columns: Columns) -> LabelCounts | None:
    space = columns.label_space
    if space is None or not columns.instances or not space.used:
        return None
    label, count = next(iter(space.counts.items()))
    share = min(1.0, count / len(columns.instances))
    return LabelCounts(len(space.counts), label[:LONGEST], share, not space.grounds)

"""What a collection is made of: one small measure of each task, and all that is told by these."""

from collections.abc import Callable
from dataclasses import dataclass

from taskschema.analysis.stats.measures import Measure, measure
from taskschema.collection.collection import Collection
from taskschema.collection.scan import looks
from taskschema.core.findings import Finding
from taskschema.core.parallel.workers import HERE, Workers

__all__ = ["Census", "Measure", "take"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Census:
    """The measures of all tasks that could be read, in the order of their names."""

    measures: tuple[Measure, ...]
    refused: tuple[Finding, ...] = ()
    """Why files could not be read; they are counted nowhere."""


def take(
    collection: Collection, progress: Progress | None = None, workers: Workers = HERE
) -> Census:
    """Measure every task of a collection; `progress` is told how many of how many are done."""
    measures, refused = looks(collection, measure, progress, workers)
    measures.sort(key=lambda one: (one.name, one.path))
    return Census(tuple(measures), tuple(refused))

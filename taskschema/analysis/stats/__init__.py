"""What a collection is made of: one small measure of each task, and all that is told by these."""

from dataclasses import dataclass

from taskschema.analysis.stats.measures import Measure, measure
from taskschema.collection.collection import Collection
from taskschema.collection.scan import map_tasks
from taskschema.core.findings import Finding
from taskschema.core.parallel.workers import LOCAL, Workers

__all__ = ["Census", "Measure", "take"]


@dataclass(frozen=True, slots=True)
class Census:
    """The measures of all tasks that could be read, in the order of their names."""

    measures: tuple[Measure, ...]
    refused: tuple[Finding, ...] = ()
    """Why files could not be read; they are counted nowhere."""


def take(collection: Collection, workers: Workers = LOCAL) -> Census:
    """Measure every task of a collection."""
    measures, refused = map_tasks(collection, measure, workers)
    measures.sort(key=lambda one: (one.name, one.path))
    return Census(tuple(measures), tuple(refused))

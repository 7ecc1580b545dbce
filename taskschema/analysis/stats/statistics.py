"""Statistics of a collection: those of every task, collected in one pass."""

from dataclasses import dataclass

from taskschema.analysis.stats.task_statistics import TaskStatistics, task_statistics
from taskschema.collection.collection import Collection
from taskschema.collection.scan import map_tasks
from taskschema.core.findings import Finding
from taskschema.core.parallel.workers import LOCAL, Workers

__all__ = ["CollectionStatistics", "collect_statistics"]


@dataclass(frozen=True, slots=True)
class CollectionStatistics:
    """The statistics of all readable tasks, sorted by name."""

    tasks: tuple[TaskStatistics, ...]
    refused: tuple[Finding, ...] = ()
    """Findings of unreadable files, which are not counted."""


def collect_statistics(collection: Collection, workers: Workers = LOCAL) -> CollectionStatistics:
    """Return the statistics of every task of a collection."""
    tasks, refused = map_tasks(collection, task_statistics, workers)
    tasks.sort(key=lambda one: (one.name, one.path))
    return CollectionStatistics(tuple(tasks), tuple(refused))

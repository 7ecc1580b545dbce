"""What a collection is made of: one small measure of each task, and all that is told by these."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from taskschema.census.measures import Measure, measure
from taskschema.collection import Collection
from taskschema.columns import Columns
from taskschema.findings import Finding
from taskschema.judge import uncollected
from taskschema.reading import read
from taskschema.workers import HERE, Workers

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
    measures: list[Measure] = []
    refused: list[Finding] = []
    work = partial(_measured, root=collection.config.root)
    for done, (found, findings) in enumerate(workers.each(work, collection.paths), start=1):
        if found:
            measures.append(found)
        else:
            refused += findings
        if progress:
            progress(done, len(collection))
    measures.sort(key=lambda one: (one.name, one.path))
    return Census(tuple(measures), tuple(refused))


def _measured(path: Path, *, root: Path) -> tuple[Measure | None, tuple[Finding, ...]]:
    with uncollected():
        reading = read(path, root, only_look=True)
        if reading.document is None:
            return None, reading.findings
        columns = Columns(reading.judged(), raw=reading.raw, path=path, root=root)
        return measure(columns, reading.version or 0), ()

"""Reads every task of a collection once and maps a function over it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from taskschema.collection.collection import Collection
from taskschema.collection.reading import read
from taskschema.core.findings import Finding
from taskschema.core.parallel.collector import gc_paused
from taskschema.core.parallel.workers import Workers
from taskschema.schema.columns import Columns

__all__ = ["map_tasks"]

Result = TypeVar("Result")


def map_tasks(
    collection: Collection,
    look: Callable[[Columns, int], Result],
    workers: Workers,
) -> tuple[list[Result], list[Finding]]:
    """Return a function's result for each task, in any order, and findings of unreadable files.

    Args:
        collection: the files.
        look: called with the columns of a task and the schema version of its file. The
            function and its results can be pickled.
        workers: run the function.
    """
    results: list[Result] = []
    refused: list[Finding] = []
    work = partial(_looked, root=collection.config.root, look=look)
    for found, findings in workers.each(work, collection.paths):
        if found is None:
            refused += findings
        else:
            results.append(found)
    return results, refused


def _looked(
    path: Path, *, root: Path, look: Callable[[Columns, int], Result]
) -> tuple[Result | None, tuple[Finding, ...]]:
    with gc_paused():
        reading = read(path, root, only_look=True)
        if reading.document is None or reading.version is None:
            return None, reading.findings
        columns = Columns(reading.judged(), raw=reading.raw, path=path, root=root)
        return look(columns, reading.version), ()

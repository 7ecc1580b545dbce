"""Reads every task file of a collection once and maps a function over it, in any process."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from taskschema.collection.collection import Collection
from taskschema.collection.reading import Reading, read
from taskschema.core.findings import Finding
from taskschema.core.parallel.garbage_collection import gc_paused
from taskschema.core.parallel.workers import LOCAL, Workers
from taskschema.schema.columns import Columns

__all__ = ["map_readings", "map_tasks"]

Result = TypeVar("Result")


def map_readings(
    collection: Collection,
    function: Callable[[Reading], Result],
    workers: Workers = LOCAL,
    *,
    only_look: bool = False,
) -> Iterator[Result]:
    """Yield the function's result for every file, readable or not, in the order of the paths.

    Args:
        collection: the files.
        function: can be pickled, and so can its results.
        workers: run the function.
        only_look: the instances may be `PlainRows`, which cannot be written back.
    """
    work = partial(
        _mapped_reading, root=collection.config.root, function=function, only_look=only_look
    )
    return workers.in_order(work, collection.paths)


def map_tasks(
    collection: Collection,
    function: Callable[[Columns, int], Result],
    workers: Workers,
) -> tuple[list[Result], list[Finding]]:
    """Return the function's result for every task, in any order, and why files are unreadable.

    Args:
        collection: the files.
        function: takes the columns of a task and the schema version of its file. It can be
            pickled, and so can its results.
        workers: run the function.
    """
    results: list[Result] = []
    refused: list[Finding] = []
    work = partial(_mapped_task, root=collection.config.root, function=function)
    for result, findings in workers.each(work, collection.paths):
        if result is None:
            refused += findings
        else:
            results.append(result)
    return results, refused


def _mapped_reading(
    path: Path, *, root: Path, function: Callable[[Reading], Result], only_look: bool
) -> Result:
    return function(read(path, root, only_look=only_look))


def _mapped_task(
    path: Path, *, root: Path, function: Callable[[Columns, int], Result]
) -> tuple[Result | None, tuple[Finding, ...]]:
    with gc_paused():
        reading = read(path, root, only_look=True)
        if reading.document is None or reading.version is None:
            return None, reading.findings
        columns = Columns(reading.judged(), raw=reading.raw, path=path, root=root)
        return function(columns, reading.version), ()

"""Every task of a collection looked at once, wherever the work is done."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from taskschema.collection.collection import Collection
from taskschema.collection.reading import read
from taskschema.core.findings import Finding
from taskschema.core.parallel.collector import uncollected
from taskschema.core.parallel.workers import Workers
from taskschema.schema.columns import Columns

__all__ = ["looks"]

Progress = Callable[[int, int], None]
Result = TypeVar("Result")


def looks(
    collection: Collection,
    look: Callable[[Columns, int], Result],
    progress: Progress | None,
    workers: Workers,
) -> tuple[list[Result], list[Finding]]:
    """What a function tells of each task, in any order, and why files could not be read.

    Args:
        collection: the files.
        look: is given the columns of a task, and the version its file is in. It can be pickled,
            and so can its results.
        progress: told how many of how many files are done.
        workers: who do it.
    """
    results: list[Result] = []
    refused: list[Finding] = []
    work = partial(_looked, root=collection.config.root, look=look)
    for done, (found, findings) in enumerate(workers.each(work, collection.paths), start=1):
        if found is None:
            refused += findings
        else:
            results.append(found)
        if progress:
            progress(done, len(collection))
    return results, refused


def _looked(
    path: Path, *, root: Path, look: Callable[[Columns, int], Result]
) -> tuple[Result | None, tuple[Finding, ...]]:
    with uncollected():
        reading = read(path, root, only_look=True)
        if reading.document is None or reading.version is None:
            return None, reading.findings
        columns = Columns(reading.judged(), raw=reading.raw, path=path, root=root)
        return look(columns, reading.version), ()

"""One process per core over files; small runs and single large files stay in this process."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

__all__ = ["spread"]

WORTH_IT = 20_000_000  # bytes; below, starting workers takes longer than they save
# A task takes some ten times the size of its file in memory: only one large file is open at once.
LARGE = 25_000_000

Result = TypeVar("Result")


def spread(function: Callable[[Path], Result], paths: Sequence[Path]) -> Iterator[Result]:
    """The function's result for every path, in whichever order they are done.

    Args:
        function: can be pickled, and so can its results.
        paths: files; one whose size cannot be told counts as empty.
    """
    sizes = {path: _size(path) for path in paths}
    small = [path for path in paths if sizes[path] <= LARGE]
    workers = min(_cores(), len(small))
    if workers > 1 and sum(sizes[path] for path in small) >= WORTH_IT:
        yield from _in_processes(function, sorted(small, key=lambda path: -sizes[path]), workers)
        paths = [path for path in paths if sizes[path] > LARGE]
    yield from map(function, paths)


def _in_processes(
    function: Callable[[Path], Result], paths: Sequence[Path], workers: int
) -> Iterator[Result]:
    from concurrent.futures import ProcessPoolExecutor, as_completed  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    # A fork inherits what is imported already; where it is not safe, the platform's own way is.
    context = get_context("fork" if sys.platform == "linux" else None)
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        for future in as_completed([pool.submit(function, path) for path in paths]):
            yield future.result()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

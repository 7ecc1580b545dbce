"""Progress of a long run: on a terminal only, after two seconds."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from taskschema.core.parallel.workers import Workers

__all__ = ["progress", "rows_progress", "working"]

PATIENCE = 2.0  # seconds
PAUSE = 0.1  # seconds between two updates


@contextmanager
def progress(doing: str) -> Iterator[Callable[[int, int], None] | None]:
    """Yield a function that shows how many of how many files are done; a total of 0 counts rows.

    Yields None if standard error is not a terminal.
    """
    if not sys.stderr.isatty():
        yield None
        return
    last = time.monotonic() + PATIENCE
    shown = False

    def tell(done: int, total: int) -> None:
        nonlocal last, shown
        if time.monotonic() >= last:
            last, shown = time.monotonic() + PAUSE, True
            what = f"{done:,} of {total:,} files" if total else f"{done:,} rows"
            sys.stderr.write(f"\r{doing} {what}")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


@contextmanager
def working(doing: str, executor: str | None) -> Iterator["Workers"]:
    """Yield the workers of `--executor`, which show progress."""
    from taskschema.core.parallel.workers import workers_of  # noqa: PLC0415

    workers = workers_of(executor)
    with progress(doing) as show:
        yield replace(workers, progress=show)


@contextmanager
def rows_progress(doing: str) -> Iterator[Callable[[int], None] | None]:
    """The same for work of unknown length, called with the number of rows that are done."""
    with progress(doing) as tell:
        yield None if tell is None else lambda rows: tell(rows, 0)

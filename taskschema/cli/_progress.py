"""How far a long run has come: on a terminal only, and only after two seconds."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["progress"]

PATIENCE = 2.0  # seconds
PAUSE = 0.1  # seconds between two updates


@contextmanager
def progress(doing: str) -> Iterator[Callable[[int, int], None] | None]:
    """A function to tell how many of how many files are done; None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    last = time.monotonic() + PATIENCE
    shown = False

    def tell(done: int, total: int) -> None:
        nonlocal last, shown
        if time.monotonic() >= last:
            last, shown = time.monotonic() + PAUSE, True
            sys.stderr.write(f"\r{doing} {done:,} of {total:,} files")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

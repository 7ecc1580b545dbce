"""Processes of this machine: as many as it has cores, or `processes:N`."""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from taskschema.core.errors import ExecutorError
from taskschema.core.parallel.executor import Executor, Function, Pool

MOST = 1_024
LOST = (
    "a process was ended from outside, perhaps for want of memory. "
    "Take fewer: --executor processes:1"
)


@dataclass(slots=True)
class Processes:
    """A pool of processes, each with the function."""

    size: int
    pool: ProcessPoolExecutor

    def submit(self, item: Any) -> "Future[Any]":
        """The result of the function for an item."""
        try:
            return self.pool.submit(_call, item)
        except BrokenProcessPool as error:
            raise ExecutorError(LOST) from error

    def require_alive(self) -> None:
        """See that nobody died in the midst of a result: the pool would wait for the rest of it.

        Raises:
            ExecutorError: somebody did.
        """
        pool: Any = self.pool
        everybody = list((pool._processes or {}).values())  # noqa: SLF001 - it tells nobody
        if all(one.is_alive() for one in everybody):
            return
        for one in everybody:
            one.kill()
        # With nobody left who could write to it, the pool finds that its pipe is at an end.
        pool._result_queue._writer.close()  # noqa: SLF001
        raise ExecutorError(LOST)


@contextmanager
def _open(argument: str, function: Function, items: Sequence[Any]) -> Iterator[Pool]:
    size = min(_number(argument), max(1, len(items)))
    # A fork inherits what is imported already; where it is not safe, the platform's own way is.
    context = get_context("fork" if sys.platform == "linux" else None)
    pool = ProcessPoolExecutor(size, mp_context=context, initializer=_hold, initargs=(function,))
    try:
        yield Processes(size, pool)
    except BrokenProcessPool as error:
        raise ExecutorError(LOST) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _number(argument: str) -> int:
    if not argument:
        return cores()
    if not argument.isascii() or not argument.isdecimal() or not 1 <= int(argument) <= MOST:
        message = f"processes:{argument}: is no number of processes. Give 1 to {MOST}, or none."
        raise ExecutorError(message)
    return int(argument)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_held: list[Function] = []


def _hold(function: Function) -> None:
    """Keep the function in a worker, so that it travels once and not with every item."""
    # The pool ends its workers so: what this process does when it is told to end is not for them,
    # as a worker that sends a large result would catch it, and wait for ever.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _held[:] = [function]


def _call(item: Any) -> Any:
    return _held[0](item)


EXECUTOR = Executor(
    what="processes of this machine; one per core, or processes:N",
    require=_number,
    open=_open,
    takes_large=False,
)

"""Processes of this machine: one per core, or `processes:N`."""

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
from taskschema.core.parallel.cores import cores
from taskschema.core.parallel.executor import Executor, Function, Pool

MOST = 1_024
LOST = "a process was killed, perhaps out of memory. Use fewer processes: --executor processes:1"


@dataclass(slots=True)
class Processes:
    """A pool of processes that each hold the function."""

    size: int
    pool: ProcessPoolExecutor

    def submit(self, item: Any) -> "Future[Any]":
        """Return a future of the function's result for an item."""
        try:
            return self.pool.submit(_call, item)
        except BrokenProcessPool as error:
            raise ExecutorError(LOST) from error

    def require_alive(self) -> None:
        """Check that no process died while it sent a result: the pool would wait for the rest.

        Raises:
            ExecutorError: a process died.
        """
        pool: Any = self.pool
        processes = list((pool._processes or {}).values())  # noqa: SLF001 - no public access
        if all(process.is_alive() for process in processes):
            return
        for process in processes:
            process.kill()
        # With the last writer closed, the pool reaches the end of its pipe and stops waiting.
        pool._result_queue._writer.close()  # noqa: SLF001
        raise ExecutorError(LOST)


@contextmanager
def _open(argument: str, function: Function, items: Sequence[Any]) -> Iterator[Pool]:
    size = min(_number(argument), max(1, len(items)))
    # A fork inherits imported modules; other platforms use their default, as forks are not safe.
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
        message = f"processes:{argument}: not a number of processes. Use 1 to {MOST}, or omit it."
        raise ExecutorError(message)
    return int(argument)


_held: list[Function] = []


def _hold(function: Function) -> None:
    """Store the function in a worker, so that it is sent once and not with every item."""
    # The pool stops its workers with SIGTERM. A handler inherited from this process would catch it
    # while a worker sends a large result, and the worker would wait forever.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _held[:] = [function]


def _call(item: Any) -> Any:
    return _held[0](item)


EXECUTOR = Executor(
    what="processes of this machine: processes (one per core) or processes:N",
    require=_number,
    open=_open,
    takes_large=False,
)

"""The declaration of an executor: processes of this machine, or a cluster; one module each.

An executor calls one function with one item at a time. The function has no side effects, so the
results do not depend on where, in which order or how often it runs.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from concurrent.futures import Future

from taskschema.core.plugins import Family

__all__ = ["EXECUTORS", "Executor", "Pool"]

Function = Callable[[Any], Any]
"""A function of one item; it and its results can be pickled."""


class Pool(Protocol):
    """Workers that run one function."""

    size: int
    """The number of workers."""

    def submit(self, item: Any) -> "Future[Any]":
        """Return a future of the function's result for an item.

        The future raises what the function raises, or ExecutorError if the workers are lost.
        """

    def require_alive(self) -> None:
        """Check that there are still workers.

        Raises:
            ExecutorError: all workers are lost.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Executor:
    """One kind of workers, selected by `--executor NAME` or `--executor NAME:ARGUMENT`."""

    what: str
    """A description for messages and help, with the form of the argument."""
    require: Callable[[str], object]
    """Validate the argument before any work starts.

    Raises ExecutorError if the argument is not valid.
    """
    open: Callable[[str, Function, Sequence[Any]], AbstractContextManager[Pool]]
    """Start workers for a function, given the argument, the function and all items to come.

    Raises ExecutorError if there are no workers, or if their results could differ from this
    process's.
    """
    takes_large: bool
    """Whether it also takes items that need much memory."""
    modules: tuple[str, ...] = ()
    """Modules that must be importable."""
    extra: str = ""
    """The extra of taskschema that installs it."""


EXECUTORS: Family[Executor] = Family("taskschema.core.parallel.executors", "EXECUTOR")

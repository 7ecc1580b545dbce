"""One place where work on tasks is done, one file: processes of this machine, or a cluster.

What is done is one function of one item at a time, without side effects. So it matters to nobody
where it is done, in which order, and how often: the results are the same.
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
"""Can be pickled, and so can its results."""


class Pool(Protocol):
    """Workers that all know one function."""

    size: int
    """How many of them there are."""

    def submit(self, item: Any) -> "Future[Any]":
        """The result of the function for an item, once there is one.

        The future raises what the function raises, or ExecutorError where the workers are lost.
        """

    def require_alive(self) -> None:
        """See that somebody still works.

        Raises:
            ExecutorError: nobody does.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Executor:
    """A kind of place where work is done."""

    what: str
    """In words, with what comes after the colon."""
    require: Callable[[str], object]
    """Look at what comes after the colon, before there is work.

    Raises ExecutorError where it cannot be right.
    """
    open: Callable[[str, Function, Sequence[Any]], AbstractContextManager[Pool]]
    """Workers for a function, by what comes after the colon; the items tell what is in store.

    Raises ExecutorError where there are none, or none that give the same results as this process.
    """
    takes_large: bool
    """Whether items that take much memory are done there as well."""
    modules: tuple[str, ...] = ()
    """What must be importable."""
    extra: str = ""
    """The extra of taskschema that installs it."""


EXECUTORS: Family[Executor] = Family("taskschema.core.parallel.executors", "EXECUTOR")

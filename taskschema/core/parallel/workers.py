"""Where the work on task files is done: in this process, in several, or on a cluster."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from taskschema.core.errors import ExecutorError
from taskschema.core.parallel.executor import EXECUTORS, Executor, Pool

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

__all__ = ["LOCAL", "Progress", "Workers", "workers_of"]

WORTH_IT = 20_000_000  # bytes; below, starting processes takes longer than they save
# A task takes some ten times the size of its file in memory: only one large file is open at once.
LARGE = 25_000_000
# Small files travel together, for each way to a worker and back takes time.
BUNDLE_BYTES, BUNDLE_FILES = 1_000_000, 32
AHEAD = 2  # bundles per worker that may be done before it is their turn
PATIENCE = 5.0  # seconds after which it is asked whether anybody still works

Result = TypeVar("Result")
Bundle = tuple[Path, ...]
Progress = Callable[[int, int], None]
"""Called with how many of how many files are done."""


@dataclass(frozen=True, slots=True)
class Workers:
    """Run a function over task files: in this process, in local processes, or on a cluster."""

    executor: Executor | None = None
    """Without one, local processes, where the files are worth starting them."""
    argument: str = ""
    progress: Progress | None = None

    def each(self, function: Callable[[Path], Result], paths: Sequence[Path]) -> Iterator[Result]:
        """The function's result for every path, in whichever order they are done.

        Args:
            function: has no side effects; can be pickled, and so can its results.
            paths: files; one whose size cannot be told counts as empty.

        Raises:
            ExecutorError: there is nobody to work, or no longer.
        """
        return self._counted(self._each(function, paths), len(paths))

    def in_order(
        self, function: Callable[[Path], Result], paths: Sequence[Path]
    ) -> Iterator[Result]:
        """The same in the order of the paths; only few results wait for their turn."""
        return self._counted(self._in_order(function, paths), len(paths))

    def _counted(self, results: Iterator[Result], total: int) -> Iterator[Result]:
        for done, result in enumerate(results, start=1):
            yield result
            if self.progress:
                self.progress(done, total)

    def _each(self, function: Callable[[Path], Result], paths: Sequence[Path]) -> Iterator[Result]:
        there, here = self._divided(paths)
        if there:
            largest_first = sorted(there, key=lambda path: -there[path])
            bundles = list(_bundles(largest_first, there))
            with self._open(function, bundles) as pool:
                for future in _as_done(pool, bundles):
                    yield from future.result()
        yield from map(function, here)

    def _in_order(
        self, function: Callable[[Path], Result], paths: Sequence[Path]
    ) -> Iterator[Result]:
        there, _ = self._divided(paths)
        if not there:
            yield from map(function, paths)
            return
        bundles = list(_bundles(paths, there))
        with self._open(function, bundles) as pool:
            waiting: deque[Future[list[Result]] | Bundle] = deque()
            for bundle in bundles:
                waiting.append(pool.submit(bundle) if bundle[0] in there else bundle)
                if len(waiting) > pool.size * AHEAD:
                    yield from _awaited(pool, waiting.popleft(), function)
            while waiting:
                yield from _awaited(pool, waiting.popleft(), function)

    def _open(self, function: Callable[[Path], Any], bundles: Sequence[Bundle]) -> Any:
        executor = self.executor or _executor("processes")
        opened: AbstractContextManager[Pool] = executor.open(
            self.argument, partial(_all, function), bundles
        )
        return opened

    def _divided(self, paths: Sequence[Path]) -> tuple[dict[Path, int], list[Path]]:
        """The files that others are given, with their sizes, and those that are read here."""
        sizes = {path: _size(path) for path in paths}
        if self.executor is not None and self.executor.takes_large:
            return sizes, []
        small = {path: size for path, size in sizes.items() if size <= LARGE}
        if self.executor is None and not _is_worth_processes(small):
            return {}, list(paths)
        return small, [path for path in paths if path not in small]


LOCAL = Workers()


def workers_of(text: str | None) -> Workers:
    """Return the workers of `NAME` or `NAME:ARGUMENT`, as in `processes:4`; the local ones of None.

    Raises:
        ExecutorError: there are none of that name, what they need is not installed, or what comes
            after the colon cannot be right.
    """
    if text is None:
        return LOCAL
    name, _, argument = text.partition(":")
    if name not in (names := EXECUTORS.names()):
        there = "; ".join(_executor(one).what for one in names)
        raise ExecutorError(f"--executor: {text!r} is none. There are {there}")
    executor = _executor(name)
    for module in executor.modules:
        if find_spec(module) is None:
            install = f'pip install "taskschema[{executor.extra}]"'
            raise ExecutorError(f"--executor {name} needs {module}. Install it: {install}")
    executor.require(argument)
    return Workers(executor, argument)


def _executor(name: str) -> Executor:
    return EXECUTORS.load(name)


def _is_worth_processes(sizes: dict[Path, int]) -> bool:
    from taskschema.core.parallel.executors.processes import cores  # noqa: PLC0415 - not for a single file

    return len(sizes) > 1 and sum(sizes.values()) >= WORTH_IT and cores() > 1


def _bundles(paths: Iterable[Path], small: dict[Path, int]) -> Iterator[Bundle]:
    """The paths in their order, small ones together; one that is not small by itself."""
    bundle: list[Path] = []
    size = 0
    for path in paths:
        is_alone = path not in small
        full = len(bundle) >= BUNDLE_FILES or size + small.get(path, 0) > BUNDLE_BYTES
        if bundle and (is_alone or full):
            yield tuple(bundle)
            bundle, size = [], 0
        if is_alone:
            yield (path,)
        else:
            bundle.append(path)
            size += small[path]
    if bundle:
        yield tuple(bundle)


def _all(function: Callable[[Path], Result], bundle: Bundle) -> list[Result]:
    return [function(path) for path in bundle]


def _as_done(pool: Pool, bundles: Iterable[Bundle]) -> "Iterator[Future[Any]]":
    pending = {pool.submit(bundle) for bundle in bundles}
    while pending:
        done, pending = wait(pending, PATIENCE, FIRST_COMPLETED)
        if not done:
            pool.require_alive()
        yield from done


def _awaited(
    pool: Pool, one: "Future[list[Result]] | Bundle", function: Callable[[Path], Result]
) -> Iterable[Result]:
    if isinstance(one, tuple):
        return _all(function, one)
    while not wait((one,), PATIENCE).done:
        pool.require_alive()
    return one.result()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

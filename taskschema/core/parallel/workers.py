"""Runs a function over task files: in this process, in local processes, or on a cluster."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from taskschema.core.errors import ExecutorError
from taskschema.core.parallel.cores import cores
from taskschema.core.parallel.executor import EXECUTORS, Executor, Pool

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

__all__ = ["LOCAL", "Progress", "Workers", "workers_of"]

WORTH_IT = 20_000_000  # bytes; for less, starting processes takes longer than it saves
# A task takes about ten times the size of its file in memory: large files are read one at a time.
LARGE = 25_000_000
# Small files are sent in bundles, because each round trip to a worker takes time.
BUNDLE_BYTES, BUNDLE_FILES = 1_000_000, 32
AHEAD = 2  # bundles per worker that are submitted before their results are due
PATIENCE = 5.0  # seconds without a result before the pool is asked whether it is alive

Result = TypeVar("Result")
Bundle = tuple[Path, ...]
Progress = Callable[[int, int], None]
"""A callback, given the number of finished files and the number of all files."""


@dataclass(frozen=True, slots=True)
class Workers:
    """Run a function over task files: in this process, in local processes, or on a cluster."""

    executor: Executor | None = None
    """None: local processes if the files are large enough, else this process."""
    argument: str = ""
    """The text after the colon of `--executor`."""
    progress: Progress | None = None

    def each(self, function: Callable[[Path], Result], paths: Sequence[Path]) -> Iterator[Result]:
        """Yield the function's result for every path, in any order.

        Args:
            function: has no side effects; it and its results can be pickled.
            paths: files; a file of unknown size counts as empty.

        Raises:
            ExecutorError: there are no workers, or they were lost.
        """
        return self._counted(self._each(function, paths), len(paths))

    def in_order(
        self, function: Callable[[Path], Result], paths: Sequence[Path]
    ) -> Iterator[Result]:
        """Yield the function's result for every path, in order; few results are kept waiting."""
        return self._counted(self._in_order(function, paths), len(paths))

    def _counted(self, results: Iterator[Result], total: int) -> Iterator[Result]:
        for done, result in enumerate(results, start=1):
            yield result
            if self.progress:
                self.progress(done, total)

    def _each(self, function: Callable[[Path], Result], paths: Sequence[Path]) -> Iterator[Result]:
        remote, local = self._divide(paths)
        if remote:
            largest_first = sorted(remote, key=lambda path: -remote[path])
            bundles = list(_bundles(largest_first, remote))
            with self._open(function, bundles) as pool:
                for future in _as_done(pool, bundles):
                    yield from future.result()
        yield from map(function, local)

    def _in_order(
        self, function: Callable[[Path], Result], paths: Sequence[Path]
    ) -> Iterator[Result]:
        remote, _ = self._divide(paths)
        if not remote:
            yield from map(function, paths)
            return
        bundles = list(_bundles(paths, remote))
        with self._open(function, bundles) as pool:
            waiting: deque[Future[list[Result]] | Bundle] = deque()
            for bundle in bundles:
                waiting.append(pool.submit(bundle) if bundle[0] in remote else bundle)
                if len(waiting) > pool.size * AHEAD:
                    yield from _result_of(pool, waiting.popleft(), function)
            while waiting:
                yield from _result_of(pool, waiting.popleft(), function)

    def _open(self, function: Callable[[Path], Any], bundles: Sequence[Bundle]) -> Any:
        executor = self.executor or _executor("processes")
        opened: AbstractContextManager[Pool] = executor.open(
            self.argument, partial(_all, function), bundles
        )
        return opened

    def _divide(self, paths: Sequence[Path]) -> tuple[dict[Path, int], list[Path]]:
        """Return the sizes of the files for workers, and the files for this process."""
        sizes = {path: _size(path) for path in paths}
        if self.executor is not None and self.executor.takes_large:
            return sizes, []
        small = {path: size for path, size in sizes.items() if size <= LARGE}
        if self.executor is None and not _is_worth_processes(small):
            return {}, list(paths)
        return small, [path for path in paths if path not in small]


LOCAL = Workers()


def workers_of(text: str | None) -> Workers:
    """Return the workers that `--executor NAME:ARGUMENT` selects; local workers for None.

    Raises:
        ExecutorError: the name is unknown, a package is missing, or the argument is not valid.
    """
    if text is None:
        return LOCAL
    name, _, argument = text.partition(":")
    if name not in (names := EXECUTORS.names()):
        known = "; ".join(_executor(one).what for one in names)
        raise ExecutorError(f"--executor: {text!r} is unknown. Use {known}")
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
    return len(sizes) > 1 and sum(sizes.values()) >= WORTH_IT and cores() > 1


def _bundles(paths: Iterable[Path], small: dict[Path, int]) -> Iterator[Bundle]:
    """Yield the paths in order, small files bundled, every other file in its own bundle."""
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


def _result_of(
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

"""Workers of a Dask cluster, addressed by its scheduler: `dask:ADDRESS`.

If a worker dies, the scheduler gives its work to another one. All workers must run the same code of
taskschema and see the same files, so that results do not depend on the worker.
"""

import asyncio
import logging
import pickle
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskschema.core.errors import ExecutorError
from taskschema.core.package import own_code
from taskschema.core.parallel.executor import Executor, Function, Pool

PATIENCE = 10.0  # seconds to wait for a scheduler, and for its first worker
BUSY = 30.0  # seconds after which a scheduler that does not answer counts as lost
PAUSE = 0.1
EXAMPLE = "dask:tcp://127.0.0.1:8786"


@dataclass(slots=True)
class Cluster:
    """The workers of a scheduler; `function` is a value on the cluster that Dask can recompute."""

    size: int
    address: str
    client: Any
    function: Any
    executor: Any
    missed: float | None = None
    """When the last worker was lost, by the monotonic clock; None while there are workers."""

    def submit(self, item: Any) -> "Future[Any]":
        """Return a future of the function's result for an item."""
        try:
            future: Future[Any] = self.executor.submit(_call, self.function, item)
        except Exception as error:
            raise self.lost(error) from error
        return future

    def require_alive(self) -> None:
        """Check that the scheduler answers and has workers, or had some moments ago."""
        try:
            ask = self.client.scheduler.identity
            has_workers = bool(self.client.sync(ask, callback_timeout=BUSY)["workers"])
        except Exception as error:
            raise self.lost(error) from error
        if has_workers:
            self.missed = None
        elif self.missed is None:
            self.missed = time.monotonic()
        elif time.monotonic() - self.missed > PATIENCE:
            raise ExecutorError(f"dask:{self.address}: all workers are lost. Start new ones.")

    def lost(self, error: BaseException) -> ExecutorError:
        """Return the error to raise when Dask gives up."""
        if type(error).__name__ == "KilledWorker":
            return ExecutorError(
                f"dask:{self.address}: several workers died on the same task, perhaps out of "
                "memory. Give them more memory."
            )
        return ExecutorError(f"dask:{self.address}: lost the scheduler. Restart it and run again.")


@contextmanager
def _open(address: str, function: Function, items: Sequence[Any]) -> Iterator[Pool]:
    import cloudpickle  # noqa: PLC0415 - only for clusters
    import distributed  # noqa: PLC0415

    # Lost connections are reported here in one line, if they matter.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        asyncio.run(_handshake(address))
        connect: Any = distributed.Client
        client = connect(address, timeout=PATIENCE, set_as_default=False, name="taskschema")
    except Exception as error:
        message = f"dask:{address}: no scheduler answers. Start one, or correct the address."
        raise ExecutorError(message) from error
    with client:
        workers = _validated_workers(client, address, items)
        held = client.submit(pickle.loads, cloudpickle.dumps(function), pure=False)
        cluster = Cluster(len(workers), address, client, held, client.get_executor(pure=False))
        try:
            yield cluster
        except (distributed.KilledWorker, CancelledError) as error:
            raise cluster.lost(error) from error
        finally:
            with suppress(Exception):
                cluster.executor.shutdown(wait=False)


def _require(address: str) -> None:
    if not address:
        raise ExecutorError(f"dask: needs the address of a scheduler. Add it, as in {EXAMPLE}")


async def _handshake(address: str) -> None:
    """Connect to a scheduler once: a client would wait forever for one that does not answer.

    Raises:
        Exception: nothing answers, or not with the protocol of Dask.
    """
    import distributed  # noqa: PLC0415 - only for clusters

    dask: Any = distributed
    arguments = dask.Security().get_connection_args("client")
    shaking = dask.comm.connect(address, timeout=PATIENCE, **arguments)
    (await asyncio.wait_for(shaking, PATIENCE)).abort()


def _validated_workers(client: Any, address: str, items: Sequence[Any]) -> dict[str, Any]:
    """Return the workers by address, once there are any; all must be able to do the work."""
    deadline = time.monotonic() + PATIENCE
    while not client.scheduler_info()["workers"]:
        if time.monotonic() > deadline:
            raise ExecutorError(f"dask:{address}: the scheduler has no workers. Start some.")
        time.sleep(PAUSE)
    first = _first(items)
    try:
        found: dict[str, Any] = client.run(_state, first)
    except Exception as error:
        message = f"dask:{address}: a worker cannot import taskschema. Install it there."
        raise ExecutorError(message) from error
    for worker, (code, python, sees) in sorted(found.items()):
        for what, theirs, ours in (("Python", python, _python()), ("taskschema", code, own_code())):
            if theirs != ours:
                raise ExecutorError(
                    f"dask:{address}: {worker} runs another version of {what}. Install the same "
                    "version there and restart the workers."
                )
        if not sees:
            raise ExecutorError(
                f"dask:{address}: {worker} cannot read {first}. Use a path or URL of the tasks "
                "that all workers can read."
            )
    return found


def _first(items: Sequence[Any]) -> Path | None:
    """Return a path that workers must be able to see; None if none exists here either."""
    for item in items:
        path = item[0] if isinstance(item, tuple) else item
        with suppress(OSError):
            if path.exists():
                return path  # type: ignore[no-any-return]
    return None


def _state(path: Path | None) -> tuple[str, str, bool]:
    """Return a worker's code and Python version, and whether it sees a path."""
    try:
        sees = path is None or path.exists()
    except OSError:
        sees = False
    return own_code(), _python(), sees


def _python() -> str:
    return ".".join(map(str, sys.version_info[:2]))


def _call(function: Function, item: Any) -> Any:
    return function(item)


EXECUTOR = Executor(
    what=f"workers of a Dask cluster, by the address of its scheduler: {EXAMPLE}",
    require=_require,
    open=_open,
    takes_large=True,
    modules=("distributed",),
    extra="dask",
)

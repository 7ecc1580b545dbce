"""Atomic writes, and the identity of files."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from taskschema.core.errors import DestinationError
from taskschema.core.storage.paths import is_remote, remote

__all__ = ["identity", "write_atomically", "write_out"]


def identity(path: Path) -> Path:
    """Return the absolute path of a file with its folder resolved; a link itself is kept."""
    if is_remote(path):
        return path.resolve()
    return Path(os.path.realpath(path.parent), path.name)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a temporary file next to the target, then rename it.

    A kill at any moment leaves either the old or the new file. The file keeps its permissions. If
    the path is a link, its target is written. A device or a pipe is written to directly.

    Raises:
        DestinationError: the file cannot be written; the old file is unchanged.
    """
    with _as_destination_error(path):
        if elsewhere := remote(path):
            elsewhere.write_bytes(data)
        elif path.exists() and not path.is_file() and not path.is_dir():
            # A device or a pipe must never be replaced by a regular file.
            path.write_bytes(data)
        else:
            _replace(path, path.resolve(), data)


def _replace(path: Path, target: Path, data: bytes) -> None:
    if target.exists() and not os.access(target, os.W_OK):
        raise DestinationError(f"{path}: cannot be written: it is read-only.")
    mode = target.stat().st_mode if target.exists() else 0o666 & ~_umask()
    try:
        handle, name = tempfile.mkstemp(prefix=".taskschema-", dir=target.parent)
    except FileNotFoundError as error:
        message = f"{path}: cannot be written: no such folder. Create it first."
        raise DestinationError(message) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def _as_destination_error(path: Path) -> Iterator[None]:
    """Turn errors of the system into a DestinationError about the path."""
    try:
        yield
    except RuntimeError as error:  # a link to itself
        raise DestinationError(f"{path}: cannot be written: {error}.") from error
    except OSError as error:
        raise DestinationError(f"{path}: cannot be written: {error.strerror}.") from error


def write_out(data: bytes) -> None:
    """Write all bytes to standard output, even if it is unbuffered."""
    left = memoryview(data)
    while left:
        left = left[sys.stdout.buffer.write(left) :]


def _umask() -> int:
    """Return the umask of the process, which can only be read by setting it."""
    current = os.umask(0)
    os.umask(current)
    return current

"""Files are written whole or not at all."""

import os
import sys
import tempfile
from pathlib import Path

from taskschema.core.errors import DestinationError
from taskschema.core.storage.paths import is_remote, remote

__all__ = ["identity", "write_atomically", "write_out"]


def identity(path: Path) -> Path:
    """The one absolute path of a file: its folder without links, where a link itself stays one."""
    if is_remote(path):
        return path.resolve()
    return Path(os.path.realpath(path.parent), path.name)


def write_atomically(path: Path, data: bytes) -> None:
    """Write beside, then rename: a kill at any moment leaves the old file or the new one.

    The file keeps its permissions; a link keeps pointing where it did, and its target is written.

    A device or a pipe is written to as it stands.

    Raises:
        DestinationError: the folder or the disk does not take it; the old file is as it was.
    """
    if elsewhere := remote(path):
        try:
            elsewhere.write_bytes(data)
        except OSError as error:
            raise DestinationError(f"{path}: cannot be written: {error.strerror}.") from error
        return
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            # A device or a pipe is written to; in its place there must never be a file.
            path.write_bytes(data)
            return
        target = path.resolve()
    except RuntimeError as error:  # a link that leads to itself
        raise DestinationError(f"{path}: cannot be written: {error}.") from error
    except OSError as error:
        raise DestinationError(f"{path}: cannot be written: {error.strerror}.") from error
    if target.exists() and not os.access(target, os.W_OK):
        raise DestinationError(f"{path}: cannot be written: it is read-only.")
    try:
        mode = target.stat().st_mode if target.exists() else 0o666 & ~_umask()
        handle, beside = tempfile.mkstemp(prefix=".taskschema-", dir=target.parent)
    except FileNotFoundError as error:
        message = f"{path}: cannot be written: there is no such folder. Make it first."
        raise DestinationError(message) from error
    except OSError as error:
        raise DestinationError(f"{path}: cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(mode)
        Path(beside).replace(target)
    except OSError as error:
        Path(beside).unlink(missing_ok=True)
        raise DestinationError(f"{path}: cannot be written: {error.strerror}.") from error
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def write_out(data: bytes) -> None:
    """Write to the standard output, all of it even where that has no buffer."""
    left = memoryview(data)
    while left:
        left = left[sys.stdout.buffer.write(left) :]


def _umask() -> int:
    """The process's umask; it can only be read by setting it."""
    current = os.umask(0)
    os.umask(current)
    return current

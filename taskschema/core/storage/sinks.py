"""Output targets: a folder, one file, standard output, remote; written whole or not at all."""

import os
import shutil
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, TypeVar

from taskschema.core.errors import DestinationError
from taskschema.core.storage.atomic_files import write_out
from taskschema.core.storage.remote import RemotePath

__all__ = [
    "DeviceSink",
    "DuplicateFileError",
    "FileSink",
    "FolderSink",
    "RemoteSink",
    "Sink",
    "StandardOutput",
]


class DuplicateFileError(Exception):
    """A second file of the same name would replace the first."""


class Sink(ABC):
    """A target for the chunks of files, one file after the other; `close` publishes them."""

    @abstractmethod
    def add(self, path: str, data: bytes) -> None:
        """Append to a file.

        Raises:
            DuplicateFileError: the file was finished before, or the sink takes only one file.
        """

    @abstractmethod
    def close(self) -> None:
        """Publish all files."""

    @abstractmethod
    def abandon(self) -> None:
        """Discard all files and leave the target unchanged."""


class StandardOutput(Sink):
    """Standard output for one file: written at once or, with `held`, at the end."""

    def __init__(self, *, held: bool = False) -> None:
        self.path: str | None = None
        self.held = tempfile.TemporaryFile() if held else None  # noqa: SIM115 - closed at the end

    def add(self, path: str, data: bytes) -> None:
        """Append to the file."""
        if self.path not in (None, path):
            raise DuplicateFileError(path)
        self.path = path
        if self.held:
            self.held.write(data)
        else:
            write_out(data)

    def close(self) -> None:
        """Write the held bytes."""
        if self.held:
            self.held.seek(0)
            while data := self.held.read(1 << 20):
                write_out(data)
        sys.stdout.buffer.flush()
        self.abandon()

    def abandon(self) -> None:
        """Discard the held bytes; written bytes stay."""
        if self.held:
            self.held.close()


class DeviceSink(StandardOutput):
    """A device or a pipe for one file; it must never be replaced by a regular file."""

    def __init__(self, target: Path) -> None:
        super().__init__(held=True)
        self.target = target

    def close(self) -> None:
        """Write to the device."""
        if self.held:
            self.held.seek(0)
            with self.target.open("wb") as file:
                shutil.copyfileobj(self.held, file)
        self.abandon()


class FileSink(Sink):
    """One file: written to a temporary file next to it, then renamed."""

    def __init__(self, target: Path) -> None:
        self.target = _resolved(target)
        self.path: str | None = None
        handle, temporary = _temporary(self.target, tempfile.mkstemp)
        self.temporary = Path(temporary)
        self.file: IO[bytes] = os.fdopen(handle, "wb")

    def add(self, path: str, data: bytes) -> None:
        """Append to the file."""
        if self.path not in (None, path):
            raise DuplicateFileError(path)
        self.path = path
        self.file.write(data)

    def close(self) -> None:
        """Replace the target."""
        self.file.close()
        mode = self.target.stat().st_mode if self.target.exists() else 0o644
        self.temporary.chmod(mode)
        self.temporary.replace(self.target)

    def abandon(self) -> None:
        """Discard the temporary file."""
        with suppress(OSError):
            self.file.close()
        self.temporary.unlink(missing_ok=True)


class FolderSink(Sink):
    """A folder: written next to it, then renamed or moved file by file into an existing folder."""

    def __init__(self, target: Path) -> None:
        self.target = _resolved(target)
        self.temporary = Path(_temporary(self.target, tempfile.mkdtemp))
        self.path: str | None = None
        self.file: IO[bytes] | None = None

    def add(self, path: str, data: bytes) -> None:
        """Append to a file, or start the next one."""
        if path != self.path:
            self._end()
            place = self.temporary / path
            if not place.resolve().is_relative_to(self.temporary):
                raise DestinationError(f"{path}: leads out of {self.target}. Use another path.")
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                self.file = place.open("xb")
            except FileExistsError as error:
                raise DuplicateFileError(path) from error
            self.path = path
        if self.file:
            self.file.write(data)

    def close(self) -> None:
        """Publish the files."""
        self._end()
        self.temporary.chmod(0o755)
        if self.target.is_dir():
            for place in sorted(self.temporary.rglob("*")):
                if place.is_file():
                    there = self.target / place.relative_to(self.temporary)
                    there.parent.mkdir(parents=True, exist_ok=True)
                    place.replace(there)
            shutil.rmtree(self.temporary)
        else:
            self.temporary.replace(self.target)

    def abandon(self) -> None:
        """Discard the temporary folder."""
        self._end()
        shutil.rmtree(self.temporary, ignore_errors=True)

    def _end(self) -> None:
        if self.file:
            self.file.close()
        self.file = self.path = None


class RemoteSink(Sink):
    """A remote file or folder: written to a temporary folder here, then uploaded file by file."""

    def __init__(self, target: RemotePath, *, is_folder: bool) -> None:
        self.target = target
        self.is_folder = is_folder
        self.scratch = tempfile.TemporaryDirectory(prefix="taskschema-")
        self.here = Path(self.scratch.name, "made")
        self.sink: Sink = FolderSink(self.here) if is_folder else FileSink(self.here)

    def add(self, path: str, data: bytes) -> None:
        """Append to a file, or start the next one."""
        self.sink.add(path, data)

    def close(self) -> None:
        """Publish the files."""
        self.sink.close()
        for place in sorted(self.here.rglob("*")) if self.is_folder else [self.here]:
            if place.is_file():
                inner = place.relative_to(self.here).as_posix()
                there = self.target / inner if self.is_folder else self.target
                there.parent.mkdir()
                there.upload(place)
        self.scratch.cleanup()

    def abandon(self) -> None:
        """Discard the temporary folder; the remote target is unchanged."""
        self.sink.abandon()
        self.scratch.cleanup()


Made = TypeVar("Made")


def _resolved(target: Path) -> Path:
    """Resolve a path."""
    try:
        return target.resolve()
    except RuntimeError as error:
        raise DestinationError(f"{target}: is a link to itself. Use another path.") from error


def _temporary(target: Path, make: Callable[..., Made]) -> Made:
    """Create a temporary file or folder next to the target."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return make(prefix=".taskschema-", dir=target.parent)
    except OSError as error:
        raise DestinationError(f"{target}: cannot be written: {error.strerror}.") from error

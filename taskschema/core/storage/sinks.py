"""Where chunks of files go: a folder, one file, or the standard output; whole or not at all."""

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
    """A second file of the same name, which would take the place of the first."""


class Sink(ABC):
    """Takes the chunks of one file after the other; `close` puts them in place."""

    @abstractmethod
    def add(self, path: str, data: bytes) -> None:
        """Write on in a file.

        Raises:
            DuplicateFileError: the file was ended before, or this sink takes only one.
        """

    @abstractmethod
    def close(self) -> None:
        """Put everything in place."""

    @abstractmethod
    def abandon(self) -> None:
        """Leave everything as it was before."""


class StandardOutput(Sink):
    """The bytes of one file, as they come or, where it may come to nothing, all at the end."""

    def __init__(self, *, held: bool = False) -> None:
        self.path: str | None = None
        self.held = tempfile.TemporaryFile() if held else None  # noqa: SIM115 - closed at the end

    def add(self, path: str, data: bytes) -> None:
        """Write on."""
        if self.path not in (None, path):
            raise DuplicateFileError(path)
        self.path = path
        if self.held:
            self.held.write(data)
        else:
            write_out(data)

    def close(self) -> None:
        """Let out what was held back."""
        if self.held:
            self.held.seek(0)
            while data := self.held.read(1 << 20):
                write_out(data)
        sys.stdout.buffer.flush()
        self.abandon()

    def abandon(self) -> None:
        """What is out is out."""
        if self.held:
            self.held.close()


class DeviceSink(StandardOutput):
    """The bytes of one file for a device or a pipe; in its place there must never be a file."""

    def __init__(self, target: Path) -> None:
        super().__init__(held=True)
        self.target = target

    def close(self) -> None:
        """Write to the device as it stands."""
        if self.held:
            self.held.seek(0)
            with self.target.open("wb") as file:
                shutil.copyfileobj(self.held, file)
        self.abandon()


class FileSink(Sink):
    """One file, written beside and renamed."""

    def __init__(self, target: Path) -> None:
        self.target = _resolved(target)
        self.path: str | None = None
        handle, beside = _beside(self.target, tempfile.mkstemp)
        self.beside = Path(beside)
        self.file: IO[bytes] = os.fdopen(handle, "wb")

    def add(self, path: str, data: bytes) -> None:
        """Write on."""
        if self.path not in (None, path):
            raise DuplicateFileError(path)
        self.path = path
        self.file.write(data)

    def close(self) -> None:
        """Put the file in place."""
        self.file.close()
        mode = self.target.stat().st_mode if self.target.exists() else 0o644
        self.beside.chmod(mode)
        self.beside.replace(self.target)

    def abandon(self) -> None:
        """Leave the old file, or none."""
        with suppress(OSError):
            self.file.close()
        self.beside.unlink(missing_ok=True)


class FolderSink(Sink):
    """A folder, written beside; into a folder that is there, its files are moved one by one."""

    def __init__(self, target: Path) -> None:
        self.target = _resolved(target)
        self.beside = Path(_beside(self.target, tempfile.mkdtemp))
        self.path: str | None = None
        self.file: IO[bytes] | None = None

    def add(self, path: str, data: bytes) -> None:
        """Write on in a file, or begin the next."""
        if path != self.path:
            self._end()
            place = self.beside / path
            if not place.resolve().is_relative_to(self.beside):
                raise DestinationError(f"{path}: leads out of {self.target}. Name another place.")
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                self.file = place.open("xb")
            except FileExistsError as error:
                raise DuplicateFileError(path) from error
            self.path = path
        if self.file:
            self.file.write(data)

    def close(self) -> None:
        """Put the files in place."""
        self._end()
        self.beside.chmod(0o755)
        if self.target.is_dir():
            for place in sorted(self.beside.rglob("*")):
                if place.is_file():
                    there = self.target / place.relative_to(self.beside)
                    there.parent.mkdir(parents=True, exist_ok=True)
                    place.replace(there)
            shutil.rmtree(self.beside)
        else:
            self.beside.replace(self.target)

    def abandon(self) -> None:
        """Leave the folder as it was."""
        self._end()
        shutil.rmtree(self.beside, ignore_errors=True)

    def _end(self) -> None:
        if self.file:
            self.file.close()
        self.file = self.path = None


class RemoteSink(Sink):
    """A file or a folder elsewhere, written here first; then each file is put there whole."""

    def __init__(self, target: RemotePath, *, is_folder: bool) -> None:
        self.target = target
        self.is_folder = is_folder
        self.scratch = tempfile.TemporaryDirectory(prefix="taskschema-")
        self.here = Path(self.scratch.name, "made")
        self.sink: Sink = FolderSink(self.here) if is_folder else FileSink(self.here)

    def add(self, path: str, data: bytes) -> None:
        """Write on in a file, or begin the next."""
        self.sink.add(path, data)

    def close(self) -> None:
        """Put the files in place."""
        self.sink.close()
        for place in sorted(self.here.rglob("*")) if self.is_folder else [self.here]:
            if place.is_file():
                inner = place.relative_to(self.here).as_posix()
                there = self.target / inner if self.is_folder else self.target
                there.parent.mkdir()
                there.upload(place)
        self.scratch.cleanup()

    def abandon(self) -> None:
        """Leave everything there as it was."""
        self.sink.abandon()
        self.scratch.cleanup()


Made = TypeVar("Made")


def _resolved(target: Path) -> Path:
    """Where a path leads."""
    try:
        return target.resolve()
    except RuntimeError as error:
        raise DestinationError(f"{target}: is a link to itself. Name another place.") from error


def _beside(target: Path, make: Callable[..., Made]) -> Made:
    """A temporary file or folder in the folder of the target."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return make(prefix=".taskschema-", dir=target.parent)
    except OSError as error:
        raise DestinationError(f"{target}: cannot be written: {error.strerror}.") from error

"""One kind of target folder, one file: tasks in, a folder of files and its manifest out."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from taskschema.columns import Columns
from taskschema.schema import NEWEST

__all__ = ["Exporter", "Manifest", "WrittenFile"]


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """One file of an export; `rows` is None for what is no table."""

    path: str
    rows: int | None
    sha256: str

    @classmethod
    def of(cls, folder: Path, path: Path, rows: int | None = None) -> Self:
        """A file that is written already, with its digest."""
        digest = sha256(path.read_bytes()).hexdigest()
        return cls(path.relative_to(folder).as_posix(), rows, digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an export consists of; the same tasks give the same manifest."""

    kind: str
    tasks: int
    instances: int
    files: tuple[WrittenFile, ...]
    schema_version: int = NEWEST

    def as_dict(self) -> dict[str, Any]:
        """The manifest as JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """How to write tasks, in the order given, into an empty folder."""

    write: Callable[[Iterable[Columns], Path], Manifest]
    modules: tuple[str, ...]
    """What must be importable."""
    extra: str
    """The extra of taskschema that installs it."""

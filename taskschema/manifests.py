"""What an exported folder says of itself, so that it is known again and replaced with care."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import orjson

__all__ = ["FILE_NAME", "Manifest", "WrittenFile", "is_export", "listed", "strangers", "write"]

FILE_NAME = "manifest.json"
KEYS = {"kind", "tasks", "instances", "files", "schema_version"}


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """One file of an export; `rows` is None for what is no table."""

    path: str
    rows: int | None
    sha256: str

    @classmethod
    def of(cls, folder: Path, path: Path, rows: int | None = None) -> Self:
        """A file that is written already, with its digest."""
        from hashlib import sha256  # noqa: PLC0415 - loads OpenSSL, which only exports need

        digest = sha256(path.read_bytes()).hexdigest()
        return cls(path.relative_to(folder).as_posix(), rows, digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an export consists of; the same tasks give the same manifest."""

    kind: str
    tasks: int
    instances: int
    files: tuple[WrittenFile, ...]
    schema_version: int


def write(folder: Path, manifest: Manifest) -> None:
    """Put the manifest beside the files it lists."""
    listing = orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2)
    (folder / FILE_NAME).write_bytes(listing + b"\n")


def is_export(folder: Path) -> bool:
    """Whether a folder was written by an export."""
    return bool(listed(folder))


def strangers(folder: Path) -> Iterator[Path]:
    """The files in an exported folder that the export did not write."""
    known = listed(folder)
    for path in sorted(folder.rglob("*")):
        if not path.is_dir() and path.relative_to(folder).as_posix() not in known:
            yield path


def listed(folder: Path) -> frozenset[str]:
    """The files of an export, its manifest included, relative to its folder; else none."""
    try:
        manifest = orjson.loads((folder / FILE_NAME).read_bytes())
        if manifest.keys() == KEYS:
            return frozenset({FILE_NAME, *(entry["path"] for entry in manifest["files"])})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        pass  # no manifest, or one of something else
    return frozenset()

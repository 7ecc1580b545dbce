"""What an exported folder says of itself, so that it is known again and replaced with care."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self, cast

import orjson

from taskschema.core.storage.paths import remote

__all__ = ["FILE_NAME", "Manifest", "WrittenFile", "is_export", "listed", "strangers", "write"]

FILE_NAME = "manifest.json"
KEYS = {"kind", "tasks", "instances", "files", "schema_version"}
LATER_KEYS = {"splits", "source_commit", "options", "unfinished"}
"""What the manifests of earlier exports do not have, and of an upload that goes on."""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """One file of an export; `rows` and `split` are None for what is no table."""

    path: str
    rows: int | None
    sha256: str
    split: str | None = None

    @classmethod
    def of(
        cls, folder: Path, path: Path, rows: int | None = None, split: str | None = None
    ) -> Self:
        """A file that is written already, with its digest."""
        from hashlib import file_digest  # noqa: PLC0415 - loads OpenSSL, which only exports need

        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        return cls(path.relative_to(folder).as_posix(), rows, digest, split)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an export consists of; the same tasks give the same manifest."""

    kind: str
    tasks: int
    instances: int
    files: tuple[WrittenFile, ...]
    schema_version: int
    splits: dict[str, dict[str, int]] = field(default_factory=dict)
    """The rows of each split of each table."""
    source_commit: str | None = None
    """The git commit that holds the tasks just as they were exported, where there is one."""
    options: dict[str, Any] = field(default_factory=dict)
    """What the export was made with, where it is not the default."""


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
    elsewhere = remote(folder)
    paths = elsewhere.files() if elsewhere else sorted(folder.rglob("*"))
    for path in cast("Iterable[Path]", paths):
        if not path.is_dir() and path.relative_to(folder).as_posix() not in known:
            yield path


def listed(folder: Path) -> frozenset[str]:
    """The files of an export, its manifest included, relative to its folder; else none."""
    try:
        manifest = orjson.loads((folder / FILE_NAME).read_bytes())
        if manifest.keys() - LATER_KEYS == KEYS:
            return frozenset({FILE_NAME, *(entry["path"] for entry in manifest["files"])})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        pass  # no manifest, or one of something else
    return frozenset()

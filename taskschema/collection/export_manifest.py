"""The manifest of an exported folder, which marks it as an export that may be replaced."""

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
"""Keys that manifests of earlier releases lack, and the key of an unfinished upload."""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """One file of an export; `rows` and `split` are None for files that are not tables."""

    path: str
    rows: int | None
    sha256: str
    split: str | None = None

    @classmethod
    def of(
        cls, folder: Path, path: Path, rows: int | None = None, split: str | None = None
    ) -> Self:
        """Return the entry of a written file, with its digest."""
        from hashlib import file_digest  # noqa: PLC0415 - loads OpenSSL for exports only

        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        return cls(path.relative_to(folder).as_posix(), rows, digest, split)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The content of an export; the same tasks give the same manifest."""

    kind: str
    tasks: int
    instances: int
    files: tuple[WrittenFile, ...]
    schema_version: int
    splits: dict[str, dict[str, int]] = field(default_factory=dict)
    """The rows of each split of each table."""
    source_commit: str | None = None
    """The git commit that holds the exported tasks unchanged, if there is one."""
    options: dict[str, Any] = field(default_factory=dict)
    """Options of the export that differ from the defaults."""


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest next to the files that it lists."""
    listing = orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2)
    (folder / FILE_NAME).write_bytes(listing + b"\n")


def is_export(folder: Path) -> bool:
    """Whether a folder was written by an export."""
    return bool(listed(folder))


def strangers(folder: Path) -> Iterator[Path]:
    """Yield the files in an exported folder that the export did not write."""
    known = listed(folder)
    elsewhere = remote(folder)
    paths = elsewhere.files() if elsewhere else sorted(folder.rglob("*"))
    for path in cast("Iterable[Path]", paths):
        if not path.is_dir() and path.relative_to(folder).as_posix() not in known:
            yield path


def listed(folder: Path) -> frozenset[str]:
    """Return the files of an export with its manifest, relative to its folder; else none."""
    try:
        manifest = orjson.loads((folder / FILE_NAME).read_bytes())
        if manifest.keys() - LATER_KEYS == KEYS:
            return frozenset({FILE_NAME, *(entry["path"] for entry in manifest["files"])})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        pass  # no manifest, or the manifest of another program
    return frozenset()

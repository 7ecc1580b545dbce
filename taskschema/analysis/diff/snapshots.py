"""The tasks of a git revision, of the work tree or at a path, each read when it is its turn."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from taskschema.analysis.diff.tasks import Edition
from taskschema.collection.collection import collect
from taskschema.collection.reading import Reading, read, read_bytes
from taskschema.collection.revisions import task_files
from taskschema.core.errors import NoTasksError
from taskschema.core.storage.git import BlobReader, GitRepository, TreeEntry
from taskschema.core.syntax import strict_json

__all__ = [
    "WORK_TREE",
    "Editions",
    "Side",
    "SnapshotSource",
    "of_path",
    "of_revision",
    "of_work_tree",
]

WORK_TREE = "work tree"


@dataclass(frozen=True, slots=True)
class SnapshotSource:
    """Where one task comes from."""

    path: str
    raw: Callable[[], bytes | None]
    """Its bytes; None where they cannot be had."""
    read: Callable[[], Reading]
    blob: str = ""
    """The git id of its bytes, where it is known."""

    def edition(self) -> Edition:
        """The task, or why it cannot be read."""
        reading = self.read()
        if reading.document is None or reading.version is None:
            return Edition(path=self.path, document=None, findings=reading.findings)
        return Edition(path=self.path, document=reading.upgraded(), version=reading.version)


class Editions(Mapping[str, Edition]):
    """Editions that are read when they are asked for, and not kept."""

    def __init__(self, sources: Mapping[str, SnapshotSource]) -> None:
        self._sources = sources

    def __getitem__(self, key: str) -> Edition:
        return self._sources[key].edition()

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)

    def __contains__(self, key: object) -> bool:
        return key in self._sources


@dataclass(frozen=True, slots=True)
class Side:
    """All that one side has."""

    label: str
    """What people call it."""
    sources: dict[str, SnapshotSource]
    """By path, relative to where they were searched."""
    is_file: bool
    """Whether a single file was named."""


def of_path(path: Path, label: str) -> Side:
    """The tasks at a path.

    Raises:
        NoTasksError: there are none.
        ConfigError: their settings do not fit their schema.
    """
    found = collect([path])
    is_file = not path.is_dir()
    return Side(
        label,
        {
            _key(file, path, is_file=is_file): _of_file(file, found.config.root)
            for file in found.paths
        },
        is_file,
    )


def _key(file: Path, collection: Path, *, is_file: bool) -> str:
    return file.name if is_file else file.relative_to(collection).as_posix()


def _of_file(file: Path, root: Path, blob: str = "") -> SnapshotSource:
    def raw() -> bytes | None:
        try:
            return file.read_bytes() if file.stat().st_size <= strict_json.MAX_BYTES else None
        except OSError:
            return None

    return SnapshotSource(file.as_posix(), raw, lambda: read(file, root), blob)


def of_revision(
    repository: GitRepository, contents: BlobReader, revision: str, collection: Path
) -> Side:
    """The tasks of a collection as a revision has them, which may be none.

    Raises:
        RevisionError: there is no such revision.
    """
    commit = repository.commit(revision)
    below = PurePosixPath(_inside(collection, repository).as_posix())
    found = task_files(repository, contents, commit, below)

    def source(key: str, entry: TreeEntry) -> SnapshotSource:
        path = collection if found.is_file else collection / key

        def raw() -> bytes:
            return contents.read(entry.blob, strict_json.MAX_BYTES + 1)

        return SnapshotSource(path.as_posix(), raw, lambda: read_bytes(path, raw()), entry.blob)

    sources = {key: source(key, entry) for key, entry in found.files.items()}
    return Side(revision, sources, found.is_file)


def _inside(collection: Path, repository: GitRepository) -> Path:
    """The collection relative to the top folder of its repository."""
    return collection.resolve().relative_to(repository.root)


def of_work_tree(repository: GitRepository, revision: str, old: Side, collection: Path) -> Side:
    """The tasks that are in the work tree and not ignored.

    Those that git knows to be untouched are the ones of the revision, and are not looked at.
    """
    changes = repository.changes(repository.commit(revision))
    inside = _inside(collection, repository)
    is_file = collection.is_file() or (old.is_file and not collection.is_dir())
    sources = {}
    for file, root in _files(collection):
        key = _key(file, collection, is_file=is_file)
        path = (inside if is_file else inside / key).as_posix()
        if path in changes.differing or file.is_symlink():
            sources[key] = _of_file(file, root)
        elif key in old.sources and path not in changes.gone:
            sources[key] = old.sources[key]
    for key, source in old.sources.items():
        path = (inside if is_file else inside / key).as_posix()
        # A sparse checkout leaves files out that are not gone.
        if path not in changes.gone and not os.path.lexists(repository.root / path):
            sources[key] = source
    return Side(WORK_TREE, sources, is_file)


def _files(collection: Path) -> Iterator[tuple[Path, Path]]:
    """The task files of a collection that may have none, each with the folder it may not leave."""
    try:
        found = collect([collection])
    except NoTasksError:
        return
    yield from ((path, found.config.root) for path in found.paths)

"""Tasks of a git revision, of the work tree or at a path, each read on demand."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from taskschema.analysis.diff.tasks import TaskSnapshot
from taskschema.collection.collection import collect
from taskschema.collection.reading import Reading, read, read_bytes
from taskschema.collection.revisions import task_files
from taskschema.core.errors import NoTasksError
from taskschema.core.storage.git import BlobReader, GitRepository, TreeEntry
from taskschema.core.syntax import strict_json

__all__ = [
    "WORK_TREE",
    "LazySnapshots",
    "Side",
    "SnapshotSource",
    "of_path",
    "of_revision",
    "of_work_tree",
]

WORK_TREE = "work tree"


@dataclass(frozen=True, slots=True)
class SnapshotSource:
    """The file of one task, which is read on demand."""

    path: str
    raw: Callable[[], bytes | None]
    """Return the content; None if it cannot be read."""
    read: Callable[[], Reading]
    blob: str = ""
    """The git blob id of the content, if known."""

    def snapshot(self) -> TaskSnapshot:
        """Read the task; an unreadable file gives a snapshot with findings."""
        reading = self.read()
        if reading.document is None or reading.version is None:
            return TaskSnapshot(path=self.path, document=None, findings=reading.findings)
        return TaskSnapshot(path=self.path, document=reading.upgraded(), version=reading.version)


class LazySnapshots(Mapping[str, TaskSnapshot]):
    """Snapshots that are read on access and not kept."""

    def __init__(self, sources: Mapping[str, SnapshotSource]) -> None:
        self._sources = sources

    def __getitem__(self, key: str) -> TaskSnapshot:
        return self._sources[key].snapshot()

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)

    def __contains__(self, key: object) -> bool:
        return key in self._sources


@dataclass(frozen=True, slots=True)
class Side:
    """All task files of one side of a comparison."""

    label: str
    """The name of the side in output."""
    sources: dict[str, SnapshotSource]
    """Task files by their path, relative to the searched folder."""
    is_file: bool
    """Whether the side is a single file."""


def of_path(path: Path, label: str) -> Side:
    """Return the tasks at a path.

    Raises:
        NoTasksError: the path has no tasks.
        ConfigError: `taskschema.toml` does not fit its schema.
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
    """Return the tasks of a collection at a revision, possibly none.

    Raises:
        RevisionError: the revision does not exist.
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
    """Return the path of the collection relative to the root of its repository."""
    return collection.resolve().relative_to(repository.root)


def of_work_tree(repository: GitRepository, revision: str, old: Side, collection: Path) -> Side:
    """Return the tasks in the work tree, except ignored files.

    Files that git reports as unmodified are taken from the revision and not read again.
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
        # A sparse checkout lacks files that are not deleted.
        if path not in changes.gone and not os.path.lexists(repository.root / path):
            sources[key] = source
    return Side(WORK_TREE, sources, is_file)


def _files(collection: Path) -> Iterator[tuple[Path, Path]]:
    """Yield the task files of a possibly empty collection, each with the root for its links."""
    try:
        found = collect([collection])
    except NoTasksError:
        return
    yield from ((path, found.config.root) for path in found.paths)

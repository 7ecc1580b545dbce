"""The two sides of a comparison: what the person named, as tasks that are read one at a time.

Each side is a git revision, the work tree, or a path. What has the same bytes on both sides is left
out before anything is parsed, and of a work tree only what git does not know to be untouched is
looked at.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from taskschema import jsonio
from taskschema.collection import collect
from taskschema.errors import NoTasksError, RevisionError
from taskschema.git import Contents, Entry, Repository, has_id
from taskschema.reading import Reading, read, read_bytes
from taskschema.revisions import task_files
from taskschema.task_diff import Edition

__all__ = ["Sides", "sides"]

WORK_TREE = "work tree"
TASK = "task"  # what a single file goes by on both sides


class Sides(NamedTuple):
    """What is to be compared."""

    base: Mapping[str, Edition]
    head: Mapping[str, Edition]
    labels: tuple[str, str]
    unchanged: int
    """How many tasks are the same, byte for byte, and in neither mapping."""


@dataclass(frozen=True, slots=True)
class _Source:
    """Where one task comes from."""

    path: str
    raw: Callable[[], bytes | None]
    """Its bytes; None where they cannot be had."""
    read: Callable[[], Reading]
    blob: str = ""
    """The git id of its bytes, where it is known."""

    def edition(self) -> Edition:
        reading = self.read()
        if reading.document is None or reading.version is None:
            return Edition(path=self.path, document=None, findings=reading.findings)
        return Edition(path=self.path, document=reading.upgraded(), version=reading.version)


class _Editions(Mapping[str, Edition]):
    """Editions that are read when they are asked for, and not kept."""

    def __init__(self, sources: Mapping[str, _Source]) -> None:
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
class _Side:
    label: str
    sources: dict[str, _Source]
    is_file: bool


@contextmanager
def sides(base: str, head: str | None, collection: Path | None) -> Iterator[Sides]:
    """Both sides, for as long as they are read.

    Args:
        base: a revision or a path.
        head: a revision or a path; without one, the work tree.
        collection: the folder or file whose tasks are meant; the current folder where it is not
            given, or the path if only one of the two is a path.

    Raises:
        RevisionError: a revision cannot be read, or could also be a path.
        NoTasksError: there are no tasks on either side, or both would be the same.
        ConfigError: the settings of the work tree do not fit their schema.
    """
    repository = _repository(collection or Path())
    paths = [name for name in (base, head) if name is not None and _is_path(name, repository)]
    if (
        collection is None
        and head is not None
        and len(paths) == 1
        and _within(paths[0], repository)
    ):
        collection = Path(paths[0])
    collection = collection or Path()
    if head is None and paths and Path(base).resolve().is_relative_to(collection.resolve()):
        raise NoTasksError(
            f"{base}: would be compared with itself. Name a revision first, "
            f"as in `taskschema diff HEAD {base}`."
        )
    with ExitStack() as stack:
        old, new = _both(base, head, paths, collection, stack)
        if not old.sources and not new.sources:
            raise NoTasksError(f"{collection}: holds no task files (*.json) on either side.")
        yield _without_equals(old, new)


def _both(
    base: str, head: str | None, paths: Sequence[str], collection: Path, stack: ExitStack
) -> tuple[_Side, _Side]:
    if base in paths and (head is None or head in paths):
        return _of_path(Path(base), base), _of_path(
            collection if head is None else Path(head), head or WORK_TREE
        )
    repository = Repository.at(_nearest_folder(collection))
    contents = stack.enter_context(repository.contents())

    def side(name: str) -> _Side:
        if name in paths:
            return _of_path(Path(name), name)
        return _of_revision(repository, contents, name, collection)

    old = side(base)
    new = _of_work_tree(repository, base, old, collection) if head is None else side(head)
    return old, new


def _nearest_folder(path: Path) -> Path:
    """A folder itself, or the nearest one above a path that may not be there."""
    path = path.resolve()
    return next(folder for folder in (path, *path.parents) if folder.is_dir())


def _repository(collection: Path) -> Repository | None:
    try:
        return Repository.at(_nearest_folder(collection))
    except RevisionError:
        return None


def _within(path: str, repository: Repository | None) -> bool:
    return repository is not None and Path(path).resolve().is_relative_to(repository.root)


def _is_path(name: str, repository: Repository | None) -> bool:
    """Whether a name is a path; where it is a revision as well, nobody can tell which is meant.

    Raises:
        RevisionError: it is both.
    """
    if not os.path.lexists(name):
        return False
    if repository is None or name.startswith((".", "/")) or name.endswith(".json"):
        return True
    try:
        repository.commit(name)
    except RevisionError:
        return True
    raise RevisionError(
        f"{name!r} is both a path and a revision. Write ./{name} for the path, "
        f"or `git rev-parse {name}` tells the id of the revision."
    )


def _of_path(path: Path, label: str) -> _Side:
    found = collect([path])
    is_file = not path.is_dir()
    return _Side(
        label,
        {
            _key(file, path, is_file=is_file): _of_file(file, found.config.root)
            for file in found.paths
        },
        is_file,
    )


def _key(file: Path, collection: Path, *, is_file: bool) -> str:
    return file.name if is_file else file.relative_to(collection).as_posix()


def _of_file(file: Path, root: Path, blob: str = "") -> _Source:
    def raw() -> bytes | None:
        try:
            return file.read_bytes() if file.stat().st_size <= jsonio.MAX_BYTES else None
        except OSError:
            return None

    return _Source(file.as_posix(), raw, lambda: read(file, root), blob)


def _of_revision(
    repository: Repository, contents: Contents, revision: str, collection: Path
) -> _Side:
    commit = repository.commit(revision)
    below = PurePosixPath(_inside(collection, repository).as_posix())
    found = task_files(repository, contents, commit, below)

    def source(key: str, entry: Entry) -> _Source:
        path = collection if found.is_file else collection / key

        def raw() -> bytes:
            return contents.read(entry.blob, jsonio.MAX_BYTES + 1)

        return _Source(path.as_posix(), raw, lambda: read_bytes(path, raw()), entry.blob)

    sources = {key: source(key, entry) for key, entry in found.files.items()}
    return _Side(revision, sources, found.is_file)


def _inside(collection: Path, repository: Repository) -> Path:
    """The collection relative to the top folder of its repository."""
    return collection.resolve().relative_to(repository.root)


def _of_work_tree(repository: Repository, revision: str, old: _Side, collection: Path) -> _Side:
    """The tasks that are in the work tree and not ignored; those untouched keep their blob's id."""
    changes = repository.changes(repository.commit(revision))
    inside = _inside(collection, repository)
    try:
        found = collect([collection])
    except NoTasksError:
        return _Side(WORK_TREE, {}, old.is_file)
    is_file = not collection.is_dir()
    sources = {}
    for file in found.paths:
        key = _key(file, collection, is_file=is_file)
        path = (inside if is_file else inside / key).as_posix()
        if path in changes.differing or file.is_symlink():
            sources[key] = _of_file(file, found.config.root)
        elif key in old.sources and path not in changes.gone:
            sources[key] = old.sources[key]
    for key, source in old.sources.items():
        path = (inside if is_file else inside / key).as_posix()
        # A sparse checkout leaves files out that are not gone.
        if path not in changes.gone and not os.path.lexists(repository.root / path):
            sources[key] = source
    return _Side(WORK_TREE, sources, is_file)


def _without_equals(old: _Side, new: _Side) -> Sides:
    """Both sides without the tasks that are the same on both, byte for byte."""
    base, head = _narrowed(old, new)
    equal = {key for key, source in base.items() if key in head and _is_equal(source, head[key])}
    return Sides(
        base=_Editions({key: source for key, source in base.items() if key not in equal}),
        head=_Editions({key: source for key, source in head.items() if key not in equal}),
        labels=(old.label, new.label),
        unchanged=len(equal),
    )


def _narrowed(old: _Side, new: _Side) -> tuple[dict[str, _Source], dict[str, _Source]]:
    """Two files are one task, whatever they are called; a file and a folder share what it names."""
    if not old.is_file and not new.is_file:
        return old.sources, new.sources
    if old.is_file and new.is_file:
        return dict.fromkeys([TASK], *old.sources.values()), dict.fromkeys(
            [TASK], *new.sources.values()
        )
    (stem,) = (PurePosixPath(key).stem for key in (old if old.is_file else new).sources)
    base, head = (
        {key: source for key, source in side.sources.items() if PurePosixPath(key).stem == stem}
        for side in (old, new)
    )
    if len(base) == len(head) == 1:
        return dict.fromkeys([TASK], *base.values()), dict.fromkeys([TASK], *head.values())
    return base, head


def _is_equal(old: _Source, new: _Source) -> bool:
    if old.blob and new.blob:
        return old.blob == new.blob
    if old.blob or new.blob:
        known, other = (old, new) if old.blob else (new, old)
        raw = other.raw()
        return raw is not None and has_id(raw, known.blob)
    raw = old.raw()
    return raw is not None and raw == new.raw()

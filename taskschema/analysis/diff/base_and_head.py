"""Resolves BASE and HEAD of a comparison to tasks that are read one at a time.

Each side is a git revision, the work tree, or a path. Files with equal bytes on both sides are
skipped before anything is parsed.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from taskschema.analysis.diff.snapshots import (
    WORK_TREE,
    LazySnapshots,
    Side,
    SnapshotSource,
    of_path,
    of_revision,
    of_work_tree,
)
from taskschema.analysis.diff.tasks import TaskSnapshot
from taskschema.core.errors import NoTasksError, RevisionError
from taskschema.core.storage.git import GitRepository, has_id

__all__ = ["ComparedSides", "open_sides"]

TASK = "task"  # the common key of two single files


class ComparedSides(NamedTuple):
    """The tasks to compare."""

    base: Mapping[str, TaskSnapshot]
    head: Mapping[str, TaskSnapshot]
    labels: tuple[str, str]
    unchanged: int
    """Number of tasks with equal bytes, which are in neither mapping."""


@contextmanager
def open_sides(base: str, head: str | None, collection: Path | None) -> Iterator[ComparedSides]:
    """Open both sides for reading.

    Args:
        base: a revision or a path.
        head: a revision or a path; None for the work tree.
        collection: the folder or file to compare. By default, it is the current folder; if only
            one of BASE and HEAD is a path, it is that path.

    Raises:
        RevisionError: a revision cannot be read, or is also a path.
        NoTasksError: neither side has tasks, or both sides are the same.
        ConfigError: `taskschema.toml` of the work tree does not fit its schema.
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
            f"{base}: would be compared with itself. Give a revision first, e.g. "
            f"`taskschema diff HEAD {base}`."
        )
    with ExitStack() as stack:
        old, new = _both(base, head, paths, collection, stack)
        if not old.sources and not new.sources:
            raise NoTasksError(f"{collection}: holds no task files (*.json) on either side.")
        yield _without_equals(old, new)


def _both(
    base: str, head: str | None, paths: Sequence[str], collection: Path, stack: ExitStack
) -> tuple[Side, Side]:
    if base in paths and (head is None or head in paths):
        return of_path(Path(base), base), of_path(
            collection if head is None else Path(head), head or WORK_TREE
        )
    missing = [name for name in (base, head) if name is not None and name not in paths]
    try:
        repository = GitRepository.at(_nearest_folder(collection))
    except RevisionError as error:
        if not paths:
            raise
        raise RevisionError(f"{missing[0]}: is neither a path nor a revision: {error}") from error
    contents = stack.enter_context(repository.contents())

    def side(name: str) -> Side:
        if name in paths:
            return of_path(Path(name), name)
        try:
            return of_revision(repository, contents, name, collection)
        except RevisionError as error:
            if not name.endswith(".json"):
                raise
            raise NoTasksError(
                f"{name}: does not exist. Give a task file, a folder or a git revision."
            ) from error

    old = side(base)
    new = of_work_tree(repository, base, old, collection) if head is None else side(head)
    return old, new


def _nearest_folder(path: Path) -> Path:
    """Return the path if it is a folder, else the nearest existing folder above it."""
    path = path.resolve()
    return next(folder for folder in (path, *path.parents) if folder.is_dir())


def _repository(collection: Path) -> GitRepository | None:
    try:
        return GitRepository.at(_nearest_folder(collection))
    except RevisionError:
        return None


def _within(path: str, repository: GitRepository | None) -> bool:
    return repository is not None and Path(path).resolve().is_relative_to(repository.root)


def _is_path(name: str, repository: GitRepository | None) -> bool:
    """Whether a name is a path.

    Raises:
        RevisionError: the name is both a path and a revision.
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
        f"{name!r} is both a path and a revision. Write ./{name} for the path, or the id that "
        f"`git rev-parse {name}` prints for the revision."
    )


def _without_equals(old: Side, new: Side) -> ComparedSides:
    """Return both sides without the tasks that have equal bytes."""
    base, head = _narrowed(old, new)
    equal = {key for key, source in base.items() if key in head and _is_equal(source, head[key])}
    return ComparedSides(
        base=LazySnapshots({key: source for key, source in base.items() if key not in equal}),
        head=LazySnapshots({key: source for key, source in head.items() if key not in equal}),
        labels=(old.label, new.label),
        unchanged=len(equal),
    )


def _narrowed(old: Side, new: Side) -> tuple[dict[str, SnapshotSource], dict[str, SnapshotSource]]:
    """Return the files of both sides, with keys that pair them.

    Two single files are one task, whatever their names. Of a file and a folder, only files with
    the stem of that file are compared.
    """
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


def _is_equal(old: SnapshotSource, new: SnapshotSource) -> bool:
    if old.blob and new.blob:
        return old.blob == new.blob
    if old.blob or new.blob:
        known, other = (old, new) if old.blob else (new, old)
        raw = other.raw()
        return raw is not None and has_id(raw, known.blob)
    raw = old.raw()
    return raw is not None and raw == new.raw()

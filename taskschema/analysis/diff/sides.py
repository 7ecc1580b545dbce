"""The two sides of a comparison: what the person named, as tasks that are read one at a time.

Each side is a git revision, the work tree, or a path. What has the same bytes on both sides is left
out before anything is parsed.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from taskschema.analysis.diff.snapshots import (
    WORK_TREE,
    Editions,
    Side,
    SnapshotSource,
    of_path,
    of_revision,
    of_work_tree,
)
from taskschema.analysis.diff.tasks import Edition
from taskschema.core.errors import NoTasksError, RevisionError
from taskschema.core.storage.git import GitRepository, has_id

__all__ = ["Sides", "sides"]

TASK = "task"  # what a single file goes by on both sides


class Sides(NamedTuple):
    """What is to be compared."""

    base: Mapping[str, Edition]
    head: Mapping[str, Edition]
    labels: tuple[str, str]
    unchanged: int
    """How many tasks are the same, byte for byte, and in neither mapping."""


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
        raise RevisionError(
            f"{missing[0]}: does not exist, nor is it a revision: {error}"
        ) from error
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
                f"{name}: does not exist. Name a task file, a folder or a git revision."
            ) from error

    old = side(base)
    new = of_work_tree(repository, base, old, collection) if head is None else side(head)
    return old, new


def _nearest_folder(path: Path) -> Path:
    """A folder itself, or the nearest one above a path that may not be there."""
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


def _without_equals(old: Side, new: Side) -> Sides:
    """Both sides without the tasks that are the same on both, byte for byte."""
    base, head = _narrowed(old, new)
    equal = {key for key, source in base.items() if key in head and _is_equal(source, head[key])}
    return Sides(
        base=Editions({key: source for key, source in base.items() if key not in equal}),
        head=Editions({key: source for key, source in head.items() if key not in equal}),
        labels=(old.label, new.label),
        unchanged=len(equal),
    )


def _narrowed(old: Side, new: Side) -> tuple[dict[str, SnapshotSource], dict[str, SnapshotSource]]:
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


def _is_equal(old: SnapshotSource, new: SnapshotSource) -> bool:
    if old.blob and new.blob:
        return old.blob == new.blob
    if old.blob or new.blob:
        known, other = (old, new) if old.blob else (new, old)
        raw = other.raw()
        return raw is not None and has_id(raw, known.blob)
    raw = old.raw()
    return raw is not None and raw == new.raw()

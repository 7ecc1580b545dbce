"""Names that tasks took on a base branch, e.g. `origin/main`, since this branch started.

A collection on a branch does not contain what others merged in the meantime. Names that both sides
had when they parted are not new, and the same file on both sides is one task.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from taskschema.collection.reading import read_bytes
from taskschema.collection.revisions import task_files
from taskschema.core.storage.atomic_files import identity
from taskschema.core.storage.git import BlobReader, GitRepository, TreeEntry, has_id
from taskschema.core.syntax import strict_json
from taskschema.core.text.normal_forms import folded
from taskschema.rules.collection_context import TakenName
from taskschema.rules.rule_findings import display_path

__all__ = ["names_taken"]


class _Names(NamedTuple):
    """The name and aliases of a task."""

    name: str
    aliases: tuple[str, ...] = ()


def names_taken(root: Path, paths: Iterable[Path], revision: str) -> tuple[TakenName, ...]:
    """Return the names and aliases that a revision has and the merge base does not.

    Args:
        root: the folder of the collection.
        paths: its task files as they are checked.
        revision: anything that git resolves to a commit, e.g. `origin/main`.

    Raises:
        RevisionError: git is not installed, this is not a repository, or it has no such revision or
            no merge base.
    """
    repository = GitRepository.at(root)
    tip = repository.commit(revision)
    before = repository.merge_base("HEAD", revision)
    if tip == before:
        return ()
    below = PurePosixPath(root.resolve().relative_to(repository.root).as_posix())
    with repository.contents() as contents:
        old = task_files(repository, contents, before, below).files
        new = task_files(repository, contents, tip, below).files
        known = {folded(PurePosixPath(path).stem) for path in old}
        for path, entry in old.items():
            if new.get(path) != entry:  # an unchanged file took no new name
                known.update(map(folded, _flat(_names(contents, path, entry))))
        here = {identity(path): path for path in paths}
        return tuple(_taken(contents, root, old, new, known, here, revision))


def _taken(  # noqa: PLR0917 - both sides and the known names
    contents: BlobReader,
    root: Path,
    old: dict[str, TreeEntry],
    new: dict[str, TreeEntry],
    known: set[str],
    here: dict[Path, Path],
    revision: str,
) -> Iterator[TakenName]:
    for path, entry in new.items():
        own = here.get(identity(root / path))
        if old.get(path) == entry or (own and _is_same(own, entry)):
            continue
        names = _names(contents, path, entry)
        place = display_path(own or root / path)
        for name in _flat(names):
            if folded(name) not in known:
                yield TakenName(name, names.name, place, revision)


def _names(contents: BlobReader, path: str, entry: TreeEntry) -> _Names:
    """Return the names of a task; for a file that is not a task, the name of the file."""
    reading = read_bytes(Path(path), contents.read(entry.blob, strict_json.MAX_BYTES + 1))
    if entry.is_link or reading.document is None:
        return _Names(PurePosixPath(path).stem)
    task = reading.judged()
    return _Names(task["name"], tuple(task.get("aliases", ())))


def _flat(names: _Names) -> Iterable[str]:
    return dict.fromkeys((names.name, *names.aliases))


def _is_same(path: Path, entry: TreeEntry) -> bool:
    """Whether a file has the bytes of a blob."""
    try:
        raw = os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
    except OSError:
        return False
    return has_id(raw, entry.blob)

"""Task files of a git revision, and files that differ from a revision.

The tasks of a revision are found as `collection.collect` finds the tasks of a folder: by the
configuration of that revision, without hidden files and without exports.
"""

import os
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import orjson

from taskschema.collection import config, export_manifest
from taskschema.core.errors import RevisionError
from taskschema.core.storage.git import BlobReader, GitRepository, TreeEntry

__all__ = ["Found", "changed_paths", "task_files"]

MOST_LINKS = 40  # as many as Linux follows
HERE = "."


class Found(NamedTuple):
    """The task files of a revision."""

    files: dict[str, TreeEntry]
    """By path relative to the collection's folder; a broken link stays a link."""
    is_file: bool
    """Whether the collection was a single file, and the path is its name."""


def changed_paths(folder: Path, revision: str) -> set[Path]:
    """Return the files of a repository that differ between a revision and the work tree.

    Staged and unstaged changes count alike. Untracked files are included unless they are ignored; a
    renamed file counts under its new name; deleted files and changes of the mode alone do not
    count.

    Args:
        folder: any folder of the repository; the whole repository is compared.
        revision: anything that git resolves to a commit.

    Returns:
        Absolute paths below the repository's real top folder; a link is named, not followed.

    Raises:
        RevisionError: git is not installed, this is not a repository, or it has no such revision.
    """
    repository = GitRepository.at(folder)
    changes = repository.changes(repository.commit(revision))
    return {repository.root / path for path in changes.differing}


def task_files(
    repository: GitRepository, contents: BlobReader, commit: str, collection: PurePosixPath
) -> Found:
    """Return the task files of a collection in a commit; none if the commit has no such path.

    Args:
        repository: where the commit is.
        contents: reads its blobs.
        commit: its id.
        collection: a folder or a file, relative to the top folder of the repository.
    """
    path = _text(collection)
    entries = repository.tree(commit, path)
    if path in entries:
        entry = _followed(repository, contents, commit, path, entries[path])
        return Found({collection.name: entry}, is_file=True)
    start = len(path) + 1 if path else 0
    below = {name[start:]: entry for name, entry in entries.items()}
    starts = _starts(repository, contents, commit, collection, below)
    chosen = {name for name in below if any(_is_task(name, folder) for folder in starts)}
    chosen -= set(_exported(contents, below, chosen))
    files = {
        name: _followed(repository, contents, commit, _text(collection / name), below[name])
        for name in sorted(chosen)
    }
    return Found(files, is_file=False)


def _text(path: PurePosixPath) -> str:
    """Return a path as git writes it: the top folder is empty, not `.`."""
    return "" if str(path) == HERE else str(path)


def _starts(
    repository: GitRepository,
    contents: BlobReader,
    commit: str,
    collection: PurePosixPath,
    below: Iterable[str],
) -> tuple[str, ...]:
    """Return the folders to search, relative to the collection; `""` is the collection itself."""
    usual = ("tasks",) if any(name.startswith("tasks/") for name in below) else ("",)
    folders = (collection, *collection.parents)
    settings = {_text(folder / config.FILE_NAME): folder for folder in folders}
    held = repository.tree(commit, *settings)
    nearest = next((name for name in settings if name in held), None)
    if nearest is None:
        return usual
    if settings[nearest] != collection:
        return ("",)
    try:
        named = tomllib.loads(contents.read(held[nearest].blob).decode()).get("tasks")
    except ValueError:
        return usual  # an unreadable configuration does not say where tasks were
    if not isinstance(named, list) or not named:
        return usual
    return tuple(_text(PurePosixPath(os.path.normpath(folder))) for folder in map(str, named))


def _is_task(name: str, start: str) -> bool:
    """Whether a path is a task file below a searched folder."""
    if start and not name.startswith(f"{start}/"):
        return False
    parts = name[len(start) + 1 if start else 0 :].split("/")
    return name.lower().endswith(".json") and not any(part.startswith(".") for part in parts)


def _exported(
    contents: BlobReader, below: dict[str, TreeEntry], chosen: Iterable[str]
) -> Iterator[str]:
    """Yield the files that an export wrote, among the chosen files."""
    for name in chosen:
        folder, slash, last = name.rpartition("/")
        if last == export_manifest.FILE_NAME and not below[name].is_link:
            try:
                manifest = orjson.loads(contents.read(below[name].blob))
                if manifest.keys() == export_manifest.KEYS:
                    yield name
                    yield from (f"{folder}{slash}{entry['path']}" for entry in manifest["files"])
            except (ValueError, TypeError, KeyError, AttributeError):
                continue  # the manifest of another program


def _followed(
    repository: GitRepository, contents: BlobReader, commit: str, path: str, entry: TreeEntry
) -> TreeEntry:
    """Follow a link within its revision; return the link itself if it leads to no file."""
    found, at = entry, path
    for _ in range(MOST_LINKS):
        if not found.is_link:
            return found
        target = os.fsdecode(contents.read(found.blob))
        at = os.path.normpath(str(PurePosixPath(at).parent / target))
        if at.startswith(("/", "../")) or at in (HERE, ".."):
            return entry
        try:
            held = repository.tree(commit, at)
        except RevisionError:
            return entry  # not a path
        if at not in held:
            return entry
        found = held[at]
    return entry

"""The git commit that holds the collection unchanged."""

from pathlib import Path

from taskschema.collection.collection import Collection
from taskschema.core.errors import RevisionError
from taskschema.core.storage.atomic_files import identity
from taskschema.core.storage.git import GitRepository
from taskschema.core.storage.paths import is_remote, is_within

__all__ = ["commit_of"]


def commit_of(collection: Collection, aside: Path) -> str | None:
    """Return the id of the checked-out commit if it contains the collection unchanged.

    None where git knows nothing of a task, or something below the root of the collection differs
    from the commit.

    Args:
        collection: the tasks.
        aside: a folder that does not matter, such as the one that is written.
    """
    if is_remote(collection.config.root):
        return None
    try:
        root = collection.config.root.resolve()
        repository = GitRepository.at(root)
        commit = repository.commit("HEAD")
        below = root.relative_to(repository.root).as_posix()
        held = repository.tree(commit, "" if below == "." else below)
        differing, gone = repository.changes(commit)
        tasks = {
            identity(path).relative_to(repository.root).as_posix() for path in collection.paths
        }
    except (RevisionError, ValueError, OSError):
        return None  # not a repository, or tasks outside it
    changed = (repository.root / path for path in differing | gone)
    clean = not any(path.is_relative_to(root) and not is_within(path, aside) for path in changed)
    return commit if clean and tasks <= held.keys() else None

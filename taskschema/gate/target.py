"""The target of a check: the files of a collection, or the bytes of standard input."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from taskschema.collection.collection import Collection, collect
from taskschema.collection.config import find
from taskschema.collection.revisions import changed_paths
from taskschema.collection.splits.lists import list_paths
from taskschema.core.errors import ConfigError, NoTasksError
from taskschema.core.storage.paths import is_remote, is_within
from taskschema.core.syntax.strict_json import MAX_BYTES

__all__ = ["CheckTarget", "target_of"]

STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True)
class CheckTarget:
    """The files to check, or the bytes of the only one of them."""

    collection: Collection
    raw: bytes | None = None
    """The bytes from standard input; the path of the file need not exist."""
    folders: tuple[Path, ...] = ()
    """The folders that were named on the command line."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """The paths of the files."""
        return self.collection.paths

    @property
    def companions(self) -> Iterator[Path]:
        """The configuration file and the split lists."""
        config = self.collection.config
        if config.path:
            yield config.path
        yield from list_paths(config.root)

    def would_collect(self, path: Path) -> bool:
        """Whether a new file at this path would be collected as a task by the next check."""
        folder = path.parent.resolve()
        return (
            path.suffix.lower() == ".json"
            and not path.name.startswith(".")
            and any(is_within(folder, named) for named in self.folders)
            and any(one.parent.resolve() == folder for one in self.paths)
        )

    def changed_since(self, revision: str) -> frozenset[Path]:
        """Return the files that differ from a git revision.

        Raises:
            ConfigError: the target has no revisions.
            RevisionError: there is no repository or no such revision.
        """
        self.require_revisions("--changed-since")
        return frozenset(changed_paths(self.collection.config.root, revision))

    def require_revisions(self, option: str) -> None:
        """Raise ConfigError if an option that names a git revision does not apply."""
        if self.raw is not None:
            raise ConfigError(f"{option}: standard input has no revisions. Remove the option.")
        if is_remote(self.collection.config.root):
            raise ConfigError(f"{option}: a remote URL has no git revisions. Remove the option.")


def target_of(paths: Sequence[Path], stdin_name: Path | None) -> CheckTarget:
    """Find the files that paths name; `-` reads standard input.

    Args:
        paths: files and folders; the current folder if there are none.
        stdin_name: the name of the file that standard input holds.

    Raises:
        NoTasksError: a path does not exist or holds no task files, or `-` is not alone.
        ConfigError: `taskschema.toml` does not fit its schema.
    """
    if STANDARD_INPUT not in paths:
        if stdin_name is not None:
            raise NoTasksError("--stdin-filename: applies to standard input only. Use - as PATH.")
        folders = tuple(path.resolve() for path in paths if path.is_dir())
        return CheckTarget(collect(paths or [Path()]), folders=folders)
    if len(paths) > 1:
        raise NoTasksError("-: standard input cannot be combined with other paths. Remove them.")
    path = stdin_name or Path("stdin.json")
    if path.is_dir():
        raise NoTasksError(f"--stdin-filename: {path} is a folder. Give the name of a task file.")
    raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise NoTasksError(f"-: a task file has at most {MAX_BYTES:,} bytes. Split the task.")
    return CheckTarget(Collection(find(path), (path,)), raw)

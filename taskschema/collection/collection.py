"""A git-tracked folder of tasks: its task files, and each task as a typed object.

A `taskschema.toml` lists the folders of tasks. Without one, the tasks are in the folder `tasks`, as
in the layout of Super-NaturalInstructions, or in the folder itself.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from taskschema.collection.config import Config, find
from taskschema.collection.export_manifest import FILE_NAME, listed
from taskschema.collection.reading import read_task
from taskschema.core.errors import ConfigError, NoTasksError
from taskschema.core.storage.paths import absolute, is_remote, walk

if TYPE_CHECKING:
    from taskschema.schema.model import Task

__all__ = ["Collection", "collect", "whole"]


@dataclass(frozen=True, slots=True)
class Collection:
    """The task files of one run, in the order of their paths."""

    config: Config
    paths: tuple[Path, ...]

    def __len__(self) -> int:
        return len(self.paths)

    def __iter__(self) -> "Iterator[Task]":
        """Yield each task as a typed object; one file is read at a time.

        Raises:
            UnreadableTaskError: a file is not a task; `check` reports all such files at once.
        """
        return map(read_task, self.paths)

    def __contains__(self, name: object) -> bool:
        """Whether there is a task of this name; no file is read."""
        return any(path.stem == name for path in self.paths)

    def __getitem__(self, name: str) -> "Task":
        """Return the task of a name, which is the stem of its file.

        Raises:
            KeyError: there is no such task.
            UnreadableTaskError: its file is not a task.
        """
        for path in self.paths:
            if path.stem == name:
                return read_task(path)
        raise KeyError(name)


def collect(paths: Sequence[Path], config: Config | None = None) -> Collection:
    """Find the task files that paths name, each once.

    Args:
        paths: files, with any suffix, and folders, which are searched.
        config: by default found upwards from the first path.

    Raises:
        NoTasksError: a path does not exist, or a folder holds no task file.
        ConfigError: `taskschema.toml` does not fit its schema, or paths are local and remote.
    """
    if any(map(is_remote, paths)):
        if here := [path for path in paths if not is_remote(path)]:
            raise ConfigError(
                f"{here[0]}: is local, and other paths are remote. Run the command once for each."
            )
        try:
            return _collected(paths, config)
        except OSError as error:
            raise NoTasksError(f"{error.filename}: cannot be read: {error.strerror}.") from error
    return _collected(paths, config)


def whole(path: Path) -> Collection:
    """Return the whole collection that a path belongs to.

    With a `taskschema.toml` upwards from the path, these are all task files of that collection;
    without one, the task files of the path itself.

    Raises:
        NoTasksError: the path does not exist, or there are no task files.
        ConfigError: `taskschema.toml` does not fit its schema.
    """
    if not path.exists():
        raise NoTasksError(f"{path}: does not exist. Name a folder of tasks.")
    config = find(path)
    return collect([config.root], config) if config.path else collect([path])


def _collected(paths: Sequence[Path], config: Config | None) -> Collection:
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise NoTasksError(
                f"{path}: does not exist. Name a task file or a folder of task files."
            )
    config = config or _found(paths)
    found: dict[str, Path] = {}
    for path in paths:
        files = sorted(_search(path, config)) if path.is_dir() else [path]
        if not files:
            raise NoTasksError(f"{path}: holds no task files (*.json). Name a folder of tasks.")
        for file in files:
            # Two spellings of a path are one file; a link is a separate file.
            found.setdefault(absolute(file), file)
    return Collection(config, tuple(found.values()))


def _found(paths: Sequence[Path]) -> Config:
    """Find the configuration upwards from the first path; else the root is the common folder."""
    config = find(paths[0])
    if config.path is None:
        folders = [path if path.is_dir() else path.parent for path in paths]
        config = replace(config, root=folders[0] if len(paths) == 1 else _common(folders))
    return config


def _common(folders: Sequence[Path]) -> Path:
    """Return the innermost folder that contains all others."""
    if not any(map(is_remote, folders)):
        return Path(os.path.commonpath([folder.absolute() for folder in folders]))
    first = folders[0].resolve()
    for folder in (first, *first.parents):
        if all(one.resolve().is_relative_to(folder) for one in folders):
            return folder
    raise ConfigError(
        f"{folders[0]}: shares no folder with the other paths. Run the command once for each."
    )


def _search(folder: Path, config: Config) -> Iterator[Path]:
    """Yield the JSON files in the folders of tasks, or in a folder without such folders.

    A folder that cannot be opened is yielded itself, so that it becomes a finding.
    """
    starts = [folder]
    if config.path is None and (folder / "tasks").is_dir():
        starts = [folder / "tasks"]
    elif config.tasks and folder.resolve() == config.root.resolve():
        starts = [folder / name for name in config.tasks]
    closed: list[Path] = []
    for start in starts:
        for parent, folders, names in walk(start, closed):
            folders[:] = [name for name in folders if not name.startswith(".")]
            # The files of an export in this folder are not tasks; other files next to them are.
            exported = listed(parent) if FILE_NAME in names else frozenset()
            for name in names:
                is_task = name.lower().endswith(".json") and not name.startswith(".")
                if is_task and name not in exported:
                    yield parent / name
    yield from closed

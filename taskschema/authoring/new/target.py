"""The path of a new task in its collection, if its name is free there."""

import os
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from taskschema.authoring.new.option_values import parse_name
from taskschema.collection.collection import Collection, whole
from taskschema.collection.config import Config, find
from taskschema.collection.reading import read
from taskschema.core.errors import ConfigError, DestinationError, NoTasksError
from taskschema.core.storage.paths import is_remote
from taskschema.core.text.slugs import slug
from taskschema.schema.profiles import PROFILES, Profile

__all__ = ["DraftTarget", "target_of"]

SCHEMA = "schemas/task.v3.schema.json"
TASKS = "tasks"
LEVELS = 4  # folders upwards that may hold the schema
STEM = 100  # characters of a name before an appended number


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTarget:
    """The file of a new task, which does not exist yet."""

    name: str
    path: Path
    schema: str
    """Relative path of the schema, for `$schema`; empty if the collection has none."""
    profile: Profile
    """The thresholds of the collection."""


def target_of(name: str, folder: Path) -> DraftTarget:
    """Return the target of a new task.

    Args:
        name: the name as the user gave it.
        folder: the folder of the collection, or a folder inside it.

    Raises:
        ConfigError: the name is invalid, or the folder is remote or does not exist.
        DestinationError: a task has or had that name, or the file exists.
    """
    name = parse_name(name)
    if is_remote(folder):
        raise ConfigError(f"{folder}: is remote; `new` writes to local folders. Copy it first.")
    if not folder.is_dir():
        raise ConfigError(
            f"{folder}: is not a folder. Create it, or give the folder of the collection."
        )
    config = find(folder)
    tasks_folder = _tasks_folder(config, folder)
    path = tasks_folder / f"{name}.json"
    _require_free(name, path, _existing(config, tasks_folder))
    return DraftTarget(
        name=name,
        path=path,
        schema=_schema_from(tasks_folder),
        profile=PROFILES[config.profile],
    )


def _tasks_folder(config: Config, folder: Path) -> Path:
    """Return the given folder if it is a declared one, else the first declared folder."""
    declared = [config.root / name for name in config.tasks]
    current = folder.resolve()
    for one in declared:
        if current == one.resolve() or one.resolve() in current.parents:
            return folder
    if declared:
        return declared[0]
    return folder / TASKS if (folder / TASKS).is_dir() else folder


def _existing(config: Config, tasks_folder: Path) -> Collection:
    """Return the whole collection, which may have no tasks yet."""
    try:
        return whole(tasks_folder)
    except NoTasksError:
        return Collection(config, ())


def _require_free(name: str, path: Path, existing: Collection) -> None:
    names = {one.stem.casefold(): one for one in existing.paths}
    owner, how = names.get(name), "is the name of"
    if owner is None:
        owner, how = _file_with_alias(name, existing), "is an earlier name of the task in"
    if owner is None and os.path.lexists(path):
        owner, how = path, "cannot be written to"
    if owner is None:
        return
    free = next(
        one
        for number in count(2)
        if (one := slug(f"{name[:STEM]}_{number}")) not in names
        and not _file_with_alias(one, existing)
    )
    fix = f"Choose another name, such as {free}"
    if owner == path:
        fix += ", or remove that file first"
    raise DestinationError(f"{name}: {how} {owner}. {fix}.")


def _file_with_alias(name: str, existing: Collection) -> Path | None:
    """Return the file whose task has this name or alias, whatever the file is called."""
    quoted = f'"{name}"'.encode()
    for path in existing.paths:
        reading = read(path, existing.config.root)
        if quoted in reading.raw and reading.document is not None:
            task = reading.upgraded()
            if name in (task["name"], *task.get("aliases", ())):
                return path
    return None


def _schema_from(tasks_folder: Path) -> str:
    folder = tasks_folder.resolve()
    for level, candidate in enumerate([folder, *folder.parents][:LEVELS]):
        if (candidate / SCHEMA).is_file():
            return "../" * level + SCHEMA
    return ""

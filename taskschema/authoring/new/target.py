"""Where a new task of a collection belongs, and whether its name is free there."""

import os
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from taskschema.authoring.new.terms import name_of
from taskschema.collection.collection import Collection, collect
from taskschema.collection.config import Config, find
from taskschema.collection.reading import read
from taskschema.core.errors import ConfigError, DestinationError, NoTasksError
from taskschema.core.storage.paths import is_remote
from taskschema.core.text.slugs import slug
from taskschema.schema.profiles import PROFILES, Profile

__all__ = ["DraftTarget", "target_of"]

SCHEMA = "schemas/task.v3.schema.json"
TASKS = "tasks"
LEVELS = 4  # folders upwards in which the schema is looked for
STEM = 100  # characters of a name that has a number behind it


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTarget:
    """The file of a new task, which is not there yet."""

    name: str
    path: Path
    schema: str
    """The address of the schema as the file may name it; empty where there is none beside it."""
    profile: Profile
    """The thresholds of the collection."""


def target_of(name: str, folder: Path) -> DraftTarget:
    """Where a task of a name goes.

    Args:
        name: as a person gave it.
        folder: of the collection, or one in it.

    Raises:
        ConfigError: the name is none, or the folder is elsewhere or none.
        DestinationError: a task has that name or had it, or something is there already.
    """
    name = name_of(name)
    if is_remote(folder):
        raise ConfigError(f"{folder}: is elsewhere, and a new task is written here. Copy it first.")
    if not folder.is_dir():
        raise ConfigError(f"{folder}: is no folder. Make it first, or name that of the collection.")
    config = find(folder)
    home = _home(config, folder)
    path = home / f"{name}.json"
    _require_free(name, path, _known(config, home))
    return DraftTarget(
        name=name, path=path, schema=_schema_from(home), profile=PROFILES[config.profile]
    )


def _home(config: Config, folder: Path) -> Path:
    """The folder of tasks: the one that a person is in, else the first that is declared."""
    declared = [config.root / name for name in config.tasks]
    here = folder.resolve()
    for one in declared:
        if here == one.resolve() or one.resolve() in here.parents:
            return folder
    if declared:
        return declared[0]
    return folder / TASKS if (folder / TASKS).is_dir() else folder


def _known(config: Config, home: Path) -> Collection:
    try:
        return collect([config.root if config.path else home], config if config.path else None)
    except NoTasksError:
        return Collection(config, ())


def _require_free(name: str, path: Path, known: Collection) -> None:
    names = {one.stem.casefold(): one for one in known.paths}
    owner, how = names.get(name), "is taken by"
    if owner is None:
        owner, how = _named_before(name, known), "is an earlier name of the task in"
    if owner is None and os.path.lexists(path):
        owner, how = path, "cannot be written to"
    if owner is None:
        return
    free = next(
        one
        for number in count(2)
        if (one := slug(f"{name[:STEM]}_{number}")) not in names and not _named_before(one, known)
    )
    cure = f"Choose another name, such as {free}"
    if owner == path:
        cure += ", or remove that file to begin anew"
    raise DestinationError(f"{name}: {how} {owner}. {cure}.")


def _named_before(name: str, known: Collection) -> Path | None:
    """The file that gives its task this name or alias, whatever it is called itself."""
    sought = f'"{name}"'.encode()
    for path in known.paths:
        reading = read(path, known.config.root)
        if sought in reading.raw and reading.document is not None:
            task = reading.upgraded()
            if name in (task["name"], *task.get("aliases", ())):
                return path
    return None


def _schema_from(home: Path) -> str:
    here = home.resolve()
    for level, folder in enumerate([here, *here.parents][:LEVELS]):
        if (folder / SCHEMA).is_file():
            return "../" * level + SCHEMA
    return ""

"""Finds a task of a collection by name, alias or path."""

import os
from collections.abc import Sequence
from pathlib import Path

from taskschema.collection.collection import Collection, collect
from taskschema.collection.config import find
from taskschema.collection.reading import read
from taskschema.core.errors import NoTasksError
from taskschema.core.storage.paths import is_among, is_remote, location
from taskschema.core.syntax.strict_json import MAX_BYTES
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import printable, several

__all__ = ["locate"]

MOST_MISSES = 3


def locate(called: str, start: Path = Path()) -> tuple[Path, Collection]:
    """Find the file of a task, and the collection that it belongs to.

    Args:
        called: the name or alias of the task, or the path or URL of its file.
        start: the collection, or a folder or file of it; used for names only.

    Raises:
        NoTasksError: there is no such task (near misses are named), or there are several.
        ConfigError: `taskschema.toml` does not fit its schema, or the URL has an unknown protocol.
    """
    path = location(called)
    is_path = is_remote(path) or os.sep in called or "/" in called or path.suffix.lower() == ".json"
    if is_path and path.exists() and not path.is_dir():
        return path, _around(path)
    collection = _whole(start)
    if is_path:
        problem = "is a folder" if path.is_dir() else "does not exist"
        name = called.rstrip("/" + os.sep).removesuffix(".json").replace(os.sep, "/")
        meant = _meant(name.rpartition("/")[2], collection)
        raise NoTasksError(f"{printable(called)}: {problem}. {meant}")
    found = [one for one in collection.paths if one.stem == called]
    found = found or _earlier(called, collection)
    if len(found) > 1:
        named = ", ".join(map(str, found[:MOST_MISSES]))
        shared = f"`{printable(called)}` matches {several(len(found), 'task')}: {named}"
        raise NoTasksError(f"{shared}. Give the path of one.")
    if not found and path.is_file():
        return path, _around(path)
    if not found:
        folder = ", which is a folder" if path.is_dir() else ""
        problem = f"no task is named `{printable(called)}`{folder}"
        raise NoTasksError(f"{problem}. {_meant(called, collection)}")
    return found[0], collection


def _whole(start: Path) -> Collection:
    """The collection round a path, all of it where it has settings."""
    if not start.exists():
        raise NoTasksError(f"{start}: does not exist. Name a folder of tasks.")
    config = find(start)
    return collect([config.root], config) if config.path else collect([start])


def _around(path: Path) -> Collection:
    """Return the collection that contains a file, or a collection of the file alone."""
    if not is_remote(path) and (config := find(path)).path:
        collection = collect([config.root], config)
        if is_among(path, collection.paths):
            return collection
    return collect([path])


def _earlier(called: str, collection: Collection) -> list[Path]:
    """Return the files whose task has this name or alias."""
    sought = f'"{called}"'.encode(errors="replace")
    return [path for path in collection.paths if _says(path, sought, called, collection)]


def _says(path: Path, sought: bytes, called: str, collection: Collection) -> bool:
    try:
        # Reading a pipe would block forever. Names contain no escaped characters.
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return False
        if sought not in path.read_bytes():
            return False
    except OSError:
        return False
    document = read(path, collection.config.root, only_look=True).document or {}
    return called in (document.get("name"), *document.get("aliases", ()))


def _meant(called: str, collection: Collection) -> str:
    """Suggest how to continue."""
    names = [path.stem for path in collection.paths]
    part = called.casefold()
    misses = near_misses(called, names) or [name for name in names if part in name.casefold()]
    if misses and part:
        return f"Did you mean {_listed(misses[:MOST_MISSES])}?"
    if len(names) <= MOST_MISSES:
        return f"Use {_listed(names)}."
    return (
        f"There are {several(len(names), 'task')}, listed by `taskschema stats --by task`. "
        "Name another collection with --collection DIR."
    )


def _listed(names: Sequence[str]) -> str:
    return " or ".join(f"`{printable(name)}`" for name in names)

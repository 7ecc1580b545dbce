"""Reads `taskschema.toml`: the profile, the folders of tasks, rule selection, waivers, splits."""

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson

from taskschema.collection.splits.config import policy_of
from taskschema.collection.splits.policy import Policy
from taskschema.core.errors import ConfigError
from taskschema.core.storage.paths import is_remote
from taskschema.core.text.near_misses import near_misses
from taskschema.rules.collection_context import Waiver
from taskschema.rules.selection import Selection
from taskschema.schema import published_files

__all__ = ["FILE_NAME", "Config", "find", "read"]

FILE_NAME = "taskschema.toml"


ALL = Selection()


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The configuration of one collection; `root` is the folder that its tasks may not leave."""

    root: Path
    path: Path | None = None
    """The configuration file, if there is one."""
    profile: str = "default"
    tasks: tuple[str, ...] = ()
    """Folders of tasks below the root; if empty, the whole root is searched."""
    waivers: tuple[Waiver, ...] = ()
    selection: Selection = ALL
    """The selected rules."""
    splits: Policy | None = None
    """The split policy; None if the file declares none."""


def find(start: Path) -> Config:
    """Return the configuration of the collection that a path belongs to: the nearest file upwards.

    Raises:
        ConfigError: the file is there and does not fit `schemas/config.schema.json`.
    """
    folder = start if start.is_dir() else start.parent
    if is_remote(start):
        return _find_elsewhere(folder)
    for candidate in (folder, *folder.absolute().parents):
        if (path := candidate / FILE_NAME).is_file():
            return read(path if start.is_absolute() else _from_here(path))
        if path.exists() or path.is_symlink():
            raise ConfigError(
                f"{path}: is not a file. Rename it, or replace it with the configuration file."
            )
    return Config(root=folder)


def _find_elsewhere(folder: Path) -> Config:
    """The same for a remote URL; a parent folder that forbids access is skipped."""
    for candidate in (folder, *folder.parents):
        path = candidate / FILE_NAME
        try:
            if path.is_file():
                return read(path)
        except PermissionError:
            if candidate == folder:
                raise
    return Config(root=folder)


def _from_here(path: Path) -> Path:
    """Return a path relative to the current folder if it is below, so that reports are portable."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def read(path: Path) -> Config:
    """Read one configuration file.

    Raises:
        ConfigError: the file cannot be read or does not fit its schema.
    """
    try:
        text = path.read_bytes().decode()
        settings = tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:  # also numbers of too many digits
        raise ConfigError(f"{path}: cannot be read as TOML: {error}.") from error
    _require_fit(settings, path)
    tasks = tuple(settings.get("tasks", ("tasks",) if (path.parent / "tasks").is_dir() else ()))
    for name in tasks:
        folder = (path.parent / name).resolve()
        if not folder.is_dir() or not folder.is_relative_to(path.parent.resolve()):
            raise ConfigError(f"{path}: tasks: {name!r} is not a folder next to this file.")
    return Config(
        root=path.parent,
        path=path,
        profile=settings.get("profile", "default"),
        tasks=tasks,
        selection=_selection(settings, path),
        splits=policy_of(settings["splits"]) if "splits" in settings else None,
        waivers=tuple(
            Waiver(task, code, reason, _line(text, task, code))
            for task, reasons in settings.get("waivers", {}).items()
            for code, reason in reasons.items()
        ),
    )


def _selection(settings: dict[str, Any], path: Path) -> Selection:
    words = {key: tuple(settings.get(key, ())) for key in ("select", "ignore")}
    faults = []
    for key, given in words.items():
        try:
            Selection(**{key: given})
        except ConfigError as error:
            faults.append(f"{key}: {error}")
    if faults:
        raise ConfigError(f"{path}: {' '.join(faults)}")
    return Selection(**words)


def _require_fit(settings: dict[str, Any], path: Path) -> None:
    schema = orjson.loads(published_files.read("config.schema.json"))
    if not jsonschema_rs.validator_for(schema).is_valid(settings):
        from jsonschema import Draft202012Validator  # noqa: PLC0415 - for the message alone

        errors = [
            error
            for error in Draft202012Validator(schema).iter_errors(settings)
            if error.validator != "enum" or isinstance(error.instance, str)
        ]
        # Validators disagree on `nan`.
        unheard = "a number such as nan is not allowed in JSON. Write a finite number."
        raise ConfigError(f"{path}: {' '.join(map(_message, errors)) or unheard}")


def _message(error: Any) -> str:
    """Describe a breach of the configuration's schema: place, problem, near misses."""
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        return " ".join(_stranger(key, known) for key in error.instance if key not in known)
    place = ".".join(map(str, error.absolute_path))
    if error.validator == "pattern":
        if error.absolute_path[0] == "waivers":
            return f"{place}: `{error.instance}` is not a rule code. Codes look like INS002."
        kind = "folder's name, such as xlingual" if _names_a_track(error) else "tag, such as en"
        return f"{place}: {error.instance!r} is not a plain {kind}."
    if error.validator == "enum":
        meant = near_misses(error.instance, error.validator_value)
        cure = f" Did you mean {meant[0]}?" if meant else ""
        return (
            f"{place}: {error.instance!r} is not one of {', '.join(error.validator_value)}.{cure}"
        )
    if error.validator in ("minItems", "minLength", "minProperties"):
        return f"{place}: is empty. Add a value, or remove the key."
    if error.validator in ("minimum", "maximum", "maxLength"):
        word = {"minimum": "at least", "maximum": "at most", "maxLength": "no longer than"}
        return (
            f"{place}: {error.instance!r} must be {word[error.validator]} {error.validator_value}."
        )
    return f"{place}: must be {_wanted(error)}."


def _names_a_track(error: Any) -> bool:
    return list(error.absolute_path) == ["splits", "tracks"]


def _stranger(key: str, known: dict[str, Any]) -> str:
    meant = near_misses(key, known)
    cure = f"did you mean `{meant[0]}`?" if meant else f"settings are {', '.join(known)}."
    return f"`{key}` is not a setting: {cure}"


def _wanted(error: Any) -> str:
    """Describe the allowed type of a value, with an example."""
    path, wanted = error.absolute_path, error.validator_value
    if path[0] == "waivers":
        reason = "a reason in quotes" if wanted == "string" else "a table"
        return f'{reason}, as in waivers.palindromes.LAB001 = "On purpose."'
    if path[0] == "splits" and wanted == "object":
        return "a table" if len(path) == 1 else f"a table, as [{'.'.join(map(str, path))}]"
    if wanted in ("number", "integer"):
        return (
            f"a{'n' if wanted == 'integer' else ''} {wanted}, such as {error.schema['examples'][0]}"
        )
    if wanted == "array":
        return f"a list, such as {json.dumps(error.schema['examples'][0])}"
    return "a string in quotes"


def _line(text: str, task: str, code: str) -> int:
    """Return the line of a waiver: the first that starts with its code, below its task's header."""
    lines = text.splitlines()
    header = re.compile(rf"\s*\[\s*waivers\s*\.\s*[\"']?{re.escape(task)}[\"']?\s*\]")
    start = next((index for index, line in enumerate(lines) if header.match(line)), 0)
    entry = re.compile(rf"\s*[\"']?{re.escape(code)}[\"']?\s*=")
    for index in range(start, len(lines)):
        if entry.match(lines[index]):
            return index + 1
    return start + 1

"""Renames a task: its file, attachments and generator, and its name in split lists and settings.

The plan is complete before the first change. If a change fails, all are undone. The old file is
removed last, so the same command completes a run that was interrupted.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from taskschema.authoring.amend import amended
from taskschema.authoring.rename.companion_files import (
    KnownTask,
    RenameDraft,
    move_attachments,
    move_script,
)
from taskschema.authoring.rename.references import in_settings, in_split_list
from taskschema.collection.collection import Collection, collect, whole
from taskschema.collection.reading import Reading, read
from taskschema.collection.scan import map_readings
from taskschema.collection.splits.lists import index_of, split_lists
from taskschema.core.errors import ConfigError, DestinationError, NoTasksError, UnreadableTaskError
from taskschema.core.parallel.workers import LOCAL, Workers
from taskschema.core.storage.atomic_files import write_atomically
from taskschema.core.storage.paths import is_remote, path_of
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.normal_forms import folded
from taskschema.core.text.printing import quote
from taskschema.core.text.slugs import LONGEST, slug
from taskschema.schema.versions import NEWEST

__all__ = ["RenamePlan", "apply", "plan"]

TASKS = "tasks"


@dataclass(frozen=True, slots=True)
class RenamePlan:
    """The changes of a rename, and those that the user has to make by hand."""

    source: Path
    target: Path
    data: bytes
    """Content of the new task file."""
    moves: tuple[tuple[Path, Path], ...]
    """Companion files to move: a folder of attachments, a generator."""
    texts: tuple[tuple[Path, bytes], ...]
    """Split lists and settings, with their new content."""
    notes: tuple[str, ...]
    """Changes to make by hand."""


def plan(
    folder: Path, old: str, new: str, *, lossy: bool = False, workers: Workers = LOCAL
) -> RenamePlan:
    """Return the changes that rename a task of a collection; nothing is written.

    Args:
        folder: the folder of the collection.
        old: the current name of the task.
        new: the new name of the task.
        lossy: also rename a file of version 1 or 2, which cannot keep the old name as an alias.
        workers: read the tasks.

    Raises:
        ConfigError: the new name is taken or invalid, or the old name would be lost.
        DestinationError: the new path of the attachments or the generator exists.
        NoTasksError: the task or the collection does not exist.
        UnreadableTaskError: the task does not fit its schema.
    """
    if is_remote(folder):
        raise ConfigError(f"{folder}: is remote; `rename` changes local files. Copy it first.")
    if folder.is_file():
        raise ConfigError(f"{folder}: is a file. Give the folder of the collection.")
    _require_valid_name(new)
    if old == new:
        raise ConfigError(f"{quote(new)} is the current name. Choose another name.")
    collection = whole(folder)
    if not collection.config.path and folder.resolve().name == TASKS:
        # The split lists and the generators are next to the folder of tasks.
        collection = collect([folder.parent if folder.name == TASKS else folder / ".."])
    tasks = list(map_readings(collection, _known_task, workers, only_look=True))
    task = _find_task(tasks, old, new)
    reading = read(task.path, collection.config.root)
    if reading.document is None or reading.version is None:
        first = reading.findings[0]
        raise UnreadableTaskError(f"{task.path}:{first.line}:{first.column}: {first.message}")
    if reading.version < NEWEST and not lossy:
        raise ConfigError(
            f"{task.path}: is in version {reading.version}, which cannot keep `{old}` as an alias. "
            f"Run `taskschema migrate {task.path}` first, or use --lossy."
        )
    return _plan(collection, tasks, task, reading, new)


def _plan(
    collection: Collection, tasks: list[KnownTask], task: KnownTask, reading: Reading, new: str
) -> RenamePlan:
    old, document = task.path.stem, dict(reading.document or {})
    target = task.path.with_name(f"{new}{task.path.suffix}")
    others = [one for one in tasks if one.path not in (task.path, target)]
    draft = RenameDraft(document, new)
    if reading.version == NEWEST:
        aliases = [name for name in document.get("aliases", ()) if name != new]
        document["name"] = new
        kept = dict.fromkeys((*aliases, *(name for name in (task.name, old) if name != new)))
        document["aliases"] = list(kept)
        move_attachments(draft, task, others)
        move_script(draft, task, others, collection.config.root)
    data = amended(reading, document).raw
    _require_free(new, others, target, data, is_same=_is_file(target, task.path))
    texts = list(_texts(collection, {task.name, old}, new, draft.notes))
    listing, text = index_of(collection.config.root, collection.config.tasks)
    if re.search(rf"(?<![\w.-]){re.escape(old)}(?![\w-])", text):
        draft.notes.append(f"{listing}: lists `{old}`. Run `taskschema index` to update it.")
    return RenamePlan(task.path, target, data, tuple(draft.moves), tuple(texts), tuple(draft.notes))


def apply(planned: RenamePlan) -> None:
    """Make the changes of a plan, all or none of them.

    Raises:
        DestinationError: a file cannot be written; all changes are undone.
    """
    with ExitStack() as undone:
        try:
            for source, target in planned.moves:
                source.rename(target)
                undone.callback(target.rename, source)
            if _is_file(
                planned.target, planned.source
            ):  # only the case differs, and the file system ignores it
                before = planned.source.read_bytes()
                undone.callback(write_atomically, planned.source, before)
                write_atomically(planned.source, planned.data)
                planned.source.rename(planned.target)
                undone.pop_all()
                return
            if not planned.target.exists():
                undone.callback(planned.target.unlink, missing_ok=True)
            write_atomically(planned.target, planned.data)
            shutil.copymode(planned.source, planned.target)
            for path, data in planned.texts:
                undone.callback(write_atomically, path, path.read_bytes())
                write_atomically(path, data)
            planned.source.unlink()
        except OSError as error:
            raise DestinationError(f"{error.filename}: {error.strerror}.") from error
        undone.pop_all()


def _is_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _known_task(reading: Reading) -> KnownTask:
    path = reading.path
    if reading.document is None:
        return KnownTask(path, path.stem)
    task = reading.judged()
    paths = (entry.get("path", "") for entry in task.get("attachments", {}).values())
    script = task.get("provenance", {}).get("script", "")
    return KnownTask(path, task["name"], tuple(task.get("aliases", ())), script, tuple(paths))


def _find_task(tasks: list[KnownTask], old: str, new: str) -> KnownTask:
    found = [one for one in tasks if one.path.stem == old]
    found = found or [one for one in tasks if one.name == old]
    if len(found) > 1:
        places = ", ".join(str(one.path) for one in found)
        raise ConfigError(f"`{old}` is the name of several files: {places}. Keep one of them.")
    if found:
        return found[0]
    owner = next((one for one in tasks if old in one.aliases), None)
    if owner and owner.name == new:
        raise NoTasksError(f"`{old}` is an alias of `{new}` already; nothing to do.")
    if owner:
        raise NoTasksError(f"`{old}` is an alias of `{owner.name}`. Rename `{owner.name}`.")
    nearest = near_misses(old, [one.name for one in tasks])
    fix = f"Did you mean {' or '.join(nearest)}?" if nearest else "Give the stem of a task file."
    raise NoTasksError(f"no task has the name {quote(old)}. {fix}")


def _require_valid_name(new: str) -> None:
    if slug(new) != new:
        raise ConfigError(
            f"{quote(new)} is not a valid name of a task. Allowed are lower-case letters and "
            f"digits, separated by single . _ or -, at most {LONGEST} characters, and no device "
            f"name of Windows. Use `{slug(new)}`, for example."
        )


def _require_free(
    new: str, others: Iterable[KnownTask], target: Path, data: bytes, *, is_same: bool
) -> None:
    """Raise ConfigError if the name is taken; a file of an interrupted run does not count."""
    for one in others:
        for name in (one.name, one.path.stem, *one.aliases):
            if folded(name) == folded(new):
                what = "an alias" if name in one.aliases else "the name"
                raise ConfigError(f"`{new}` is already {what} of {one.path}. Choose another name.")
    if os.path.lexists(target) and not is_same:
        is_unfinished = target.is_file() and not target.is_symlink() and target.read_bytes() == data
        if not is_unfinished:
            raise ConfigError(f"`{new}`: {target} already exists. Choose another name.")


def _texts(
    collection: Collection, names: set[str], new: str, notes: list[str]
) -> Iterator[tuple[Path, bytes]]:
    """Yield the split lists and settings that name the task, with their new content."""
    config = collection.config
    for one in split_lists(config.root):
        path = path_of(one.path)
        yield from _changed(path, names, partial(_listed, new=new), notes)
    if config.path:
        yield from _changed(config.path, names, partial(_set, new=new), notes)


def _listed(text: str, old: str, *, new: str) -> str | None:
    return in_split_list(text, old, new)


def _set(text: str, old: str, *, new: str) -> str | None:
    return in_settings(text, old, new)


def _changed(
    path: Path, names: set[str], change: Callable[[str, str], str | None], notes: list[str]
) -> Iterator[tuple[Path, bytes]]:
    before = path.read_bytes()
    try:
        text = before.decode()
    except UnicodeDecodeError:
        notes.append(f"{path}: is not UTF-8. Write the new name.")
        return
    for old in names:
        after = change(text, old)
        if after is None:
            lines = [str(n) for n, line in enumerate(text.splitlines(), start=1) if old in line]
            notes.append(f"{path}: has `{old}` in line {', '.join(lines)}. Change it.")
        else:
            text = after
    if text.encode() != before:
        yield path, text.encode()

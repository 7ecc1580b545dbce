"""A task's new name in all that goes by it: its file, its attachments, its generator, the lists.

All is planned before anything is done, what fails is undone, and the old file goes last: where the
power fails in between, the same command completes it.
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
from taskschema.authoring.rename.companions import (
    CompanionDraft,
    Known,
    move_attachments,
    move_script,
)
from taskschema.authoring.rename.references import in_settings, in_split_list
from taskschema.collection.collection import Collection, collect
from taskschema.collection.reading import Reading, read
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

__all__ = ["Renaming", "plan", "rename"]


TASKS = "tasks"


@dataclass(frozen=True, slots=True)
class Renaming:
    """What is to be done, and what is left for a person to do."""

    source: Path
    target: Path
    data: bytes
    """What the task's new file holds."""
    moves: tuple[tuple[Path, Path], ...]
    """A folder of attachments, a generator."""
    texts: tuple[tuple[Path, bytes], ...]
    """Split lists and settings, and what they hold then."""
    notes: tuple[str, ...]
    """What to change by hand."""


def plan(
    folder: Path, old: str, new: str, *, lossy: bool = False, workers: Workers = LOCAL
) -> Renaming:
    """What renaming a task of a collection takes; nothing is done.

    Args:
        folder: of the collection.
        old: the name of the task.
        new: the name it is to have.
        lossy: rename also a file of version 1 or 2, which cannot keep the old name as an alias.
        workers: who reads the tasks.

    Raises:
        ConfigError: the new name is taken or is none, or the old one would be lost.
        DestinationError: something stands where attachments or the generator would go.
        NoTasksError: there is no such task, or no collection.
        UnreadableTaskError: the task does not fit its schema.
    """
    if is_remote(folder):
        raise ConfigError(f"{folder}: is elsewhere, and files here are renamed. Copy it first.")
    if folder.is_file():
        raise ConfigError(f"{folder}: is a file. Name the folder of the collection.")
    _require_legal(new)
    if old == new:
        raise ConfigError(f"{quote(new)} is the name already. Choose another.")
    collection = collect([folder])
    config = collection.config
    if config.path:
        collection = collect([config.root], config)
    elif folder.resolve().name == TASKS:  # the lists and the generators lie beside it
        collection = collect([folder.parent if folder.name == TASKS else folder / ".."])
        config = collection.config
    known = list(workers.in_order(partial(_known, root=config.root), collection.paths))
    task = _the_task(known, old, new)
    reading = read(task.path, config.root)
    if reading.document is None or reading.version is None:
        first = reading.findings[0]
        raise UnreadableTaskError(f"{task.path}:{first.line}:{first.column}: {first.message}")
    if reading.version < NEWEST and not lossy:
        raise ConfigError(
            f"{task.path}: is in version {reading.version}, which cannot keep `{old}` as an alias. "
            f"`taskschema migrate {task.path}` first, or give --lossy."
        )
    return _plan(collection, known, task, reading, new)


def _plan(
    collection: Collection, known: list[Known], task: Known, reading: Reading, new: str
) -> Renaming:
    old, document = task.path.stem, dict(reading.document or {})
    target = task.path.with_name(f"{new}{task.path.suffix}")
    others = [one for one in known if one.path not in (task.path, target)]
    draft = CompanionDraft(document, new)
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
        draft.notes.append(f"{listing}: lists `{old}`. `taskschema index` writes the table anew.")
    return Renaming(task.path, target, data, tuple(draft.moves), tuple(texts), tuple(draft.notes))


def rename(planned: Renaming) -> None:
    """Do what was planned, all of it or nothing.

    Raises:
        DestinationError: something cannot be written; all is as it was.
    """
    with ExitStack() as undone:
        try:
            for source, target in planned.moves:
                source.rename(target)
                undone.callback(target.rename, source)
            if _is_file(planned.target, planned.source):  # another case, where case is one
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


def _known(path: Path, *, root: Path) -> Known:
    reading = read(path, root, only_look=True)
    if reading.document is None:
        return Known(path, path.stem)
    task = reading.judged()
    paths = (entry.get("path", "") for entry in task.get("attachments", {}).values())
    script = task.get("provenance", {}).get("script", "")
    return Known(path, task["name"], tuple(task.get("aliases", ())), script, tuple(paths))


def _the_task(known: Iterable[Known], old: str, new: str) -> Known:
    known = list(known)
    found = [one for one in known if one.path.stem == old]
    found = found or [one for one in known if one.name == old]
    if len(found) > 1:
        places = ", ".join(str(one.path) for one in found)
        raise ConfigError(f"`{old}` is the name of several: {places}. Remove all but one first.")
    if found:
        return found[0]
    owner = next((one for one in known if old in one.aliases), None)
    if owner and owner.name == new:
        raise NoTasksError(f"`{new}` has `{old}` as an alias already, so nothing is left to do.")
    if owner:
        raise NoTasksError(f"`{old}` is an alias of `{owner.name}`. Rename that.")
    meant = near_misses(old, [one.name for one in known])
    cure = f"Did you mean {' or '.join(meant)}?" if meant else "Name one as its file is called."
    raise NoTasksError(f"there is no task {quote(old)} here. {cure}")


def _require_legal(new: str) -> None:
    if slug(new) != new:
        raise ConfigError(
            f"{quote(new)} is no name for a task: lower-case letters, digits and single . _ or - "
            f"between them, at most {LONGEST}, and no device such as con. "
            f"Such as `{slug(new)}`."
        )


def _require_free(
    new: str, others: Iterable[Known], target: Path, data: bytes, *, is_same: bool
) -> None:
    """Refuse a name that is taken; a file that a run left half done is no other's."""
    for one in others:
        for name in (one.name, one.path.stem, *one.aliases):
            if folded(name) == folded(new):
                what = "an alias" if name in one.aliases else "the name"
                message = f"`{new}` is {what} of {one.path} already. Choose another name."
                raise ConfigError(message)
    if os.path.lexists(target) and not is_same:
        is_half = target.is_file() and not target.is_symlink() and target.read_bytes() == data
        if not is_half:
            raise ConfigError(f"`{new}`: there is a {target} already. Choose another name.")


def _texts(
    collection: Collection, names: set[str], new: str, notes: list[str]
) -> Iterator[tuple[Path, bytes]]:
    """The split lists and the settings that name the task, as they should be."""
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
        notes.append(f"{path}: is no UTF-8. Write the new name there by hand.")
        return
    for old in names:
        after = change(text, old)
        if after is None:
            lines = [str(n) for n, line in enumerate(text.splitlines(), start=1) if old in line]
            notes.append(f"{path}: names `{old}` in line {', '.join(lines)}. Change it by hand.")
        else:
            text = after
    if text.encode() != before:
        yield path, text.encode()

"""Companion files with the name of a task: its folder of attachments and its generator.

They are renamed with the task if no other task uses them. Otherwise a note asks the user to act.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from taskschema.core.errors import DestinationError
from taskschema.core.storage.atomic_files import identity
from taskschema.core.text.printing import several

__all__ = ["KnownTask", "RenameDraft", "move_attachments", "move_script"]

MOST_LINES = 8  # line numbers of a program in a note


class KnownTask(NamedTuple):
    """The names of a task and the files that it refers to."""

    path: Path
    name: str
    aliases: tuple[str, ...] = ()
    script: str = ""
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RenameDraft:
    """The document and the companion files of a renamed task; filled in step by step."""

    document: dict[str, Any]
    new: str
    moves: list[tuple[Path, Path]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Changes that the user has to make by hand."""


def move_attachments(draft: RenameDraft, task: KnownTask, others: Iterable[KnownTask]) -> None:
    """Move the folder with the name of the task, unless another task uses it."""
    source = task.path.with_suffix("")
    goal = source.with_name(draft.new)
    prefix, entries = f"{source.name}/", draft.document.get("attachments", {})
    own = {
        name: goal.name + entry["path"][len(source.name) :]
        for name, entry in entries.items()
        if entry.get("path", "").startswith(prefix) and ".." not in entry["path"].split("/")
    }
    exists = os.path.lexists(source)
    if not own:
        if exists:
            draft.notes.append(f"{source}: holds no attachment of the task; not renamed.")
        return
    if not exists and all((task.path.parent / path).is_file() for path in own.values()):
        pass  # moved by a run that was interrupted
    elif why := _why_kept(source, others):
        draft.notes.append(f"{source}: {why}. Not renamed; the paths of `attachments` stay.")
        return
    elif os.path.lexists(goal):
        raise DestinationError(
            f"{goal}: already exists, so the attachments cannot move there. Rename it first."
        )
    else:
        draft.moves.append((source, goal))
    draft.document["attachments"] = {
        name: {**entry, "path": own[name]} if name in own else entry
        for name, entry in entries.items()
    }


def _why_kept(source: Path, others: Iterable[KnownTask]) -> str:
    """Return why a folder of attachments cannot be moved, or an empty string."""
    if source.is_symlink() or not source.is_dir():
        return "is not a folder of the collection"
    inside = identity(source / "x").parent
    for one in others:
        places = [one.path, *(one.path.parent / path for path in one.attachments if path)]
        if any(Path(os.path.normpath(identity(place))).is_relative_to(inside) for place in places):
            return f"{one.path} uses it too"
    return ""


def move_script(
    draft: RenameDraft, task: KnownTask, others: Iterable[KnownTask], root: Path
) -> None:
    """Move the generator with the name of the task, unless another task uses it."""
    script = PurePosixPath(task.script)
    if script.stem != task.path.stem:
        return
    source = root / script
    goal, moved = source.with_stem(draft.new), script.with_stem(draft.new).as_posix()
    shared = [one.path for one in others if one.script in (task.script, moved)]
    inside = not script.is_absolute() and identity(source).is_relative_to(root.resolve())
    is_moved = inside and not source.exists() and goal.is_file()
    if shared or not inside or (not is_moved and (source.is_symlink() or not source.is_file())):
        why = f"{shared[0]} names it too" if shared else "is not a file of the collection"
        draft.notes.append(f"{script}: {why}. Rename it, and update /provenance/script.")
        return
    if not is_moved:
        if os.path.lexists(goal):
            raise DestinationError(
                f"{goal}: already exists, so the generator cannot move there. Rename it first."
            )
        draft.moves.append((source, goal))
    draft.document["provenance"] = {**draft.document["provenance"], "script": moved}
    lines = list(_lines(goal if is_moved else source, task.path.stem))
    if lines:
        numbers = ", ".join(map(str, lines[:MOST_LINES]))
        more = " ..." if len(lines) > MOST_LINES else ""
        draft.notes.append(
            f"{goal}: has the old name in {several(len(lines), 'line')} ({numbers}{more}). Replace "
            "it and add the alias, but keep the prefix of ids: ids never change."
        )


def _lines(path: Path, name: str) -> Iterator[int]:
    """Yield the numbers of the lines of a program that contain a name."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    text = path.read_text(encoding="utf-8", errors="replace")
    return (number for number, line in enumerate(text.split("\n"), start=1) if pattern.search(line))

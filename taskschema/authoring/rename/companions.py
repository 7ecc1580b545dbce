"""What lies beside a task and is called as it is: its folder of attachments, its generator.

Each follows a new name where it plainly is the task's own, and else is left with a note.
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

__all__ = ["CompanionDraft", "Known", "move_attachments", "move_script"]

MOST_LINES = 8  # of a program, that a note names


class Known(NamedTuple):
    """What a task file says of itself, as far as names and files are concerned."""

    path: Path
    name: str
    aliases: tuple[str, ...] = ()
    script: str = ""
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompanionDraft:
    """What becomes of a task that gets a new name; filled in step by step."""

    document: dict[str, Any]
    new: str
    moves: list[tuple[Path, Path]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What is left to a person."""


def move_attachments(draft: CompanionDraft, task: Known, others: Iterable[Known]) -> None:
    """Let the folder that is called as the task follow it, if nobody else uses it."""
    source = task.path.with_suffix("")
    goal = source.with_name(draft.new)
    prefix, entries = f"{source.name}/", draft.document.get("attachments", {})
    own = {
        name: goal.name + entry["path"][len(source.name) :]
        for name, entry in entries.items()
        if entry.get("path", "").startswith(prefix) and ".." not in entry["path"].split("/")
    }
    is_there = os.path.lexists(source)
    if not own:
        if is_there:
            draft.notes.append(f"{source}: no attachment of the task lies there; left as it is.")
        return
    if not is_there and all((task.path.parent / path).is_file() for path in own.values()):
        pass  # moved by a run that was cut off
    elif why := _why_left(source, others):
        draft.notes.append(f"{source}: {why}. Left as it is, with the paths of `attachments`.")
        return
    elif os.path.lexists(goal):
        raise DestinationError(f"{goal}: is there already, and the attachments would go there.")
    else:
        draft.moves.append((source, goal))
    draft.document["attachments"] = {
        name: {**entry, "path": own[name]} if name in own else entry
        for name, entry in entries.items()
    }


def _why_left(source: Path, others: Iterable[Known]) -> str:
    """Why a folder of attachments cannot be moved; empty if it can."""
    if source.is_symlink() or not source.is_dir():
        return "is no folder of the collection's own"
    inside = identity(source / "x").parent
    for one in others:
        places = [one.path, *(one.path.parent / path for path in one.attachments if path)]
        if any(Path(os.path.normpath(identity(place))).is_relative_to(inside) for place in places):
            return f"{one.path} uses it too"
    return ""


def move_script(draft: CompanionDraft, task: Known, others: Iterable[Known], root: Path) -> None:
    """Let the generator that is called as the task follow it, if it plainly is the task's own."""
    script = PurePosixPath(task.script)
    if script.stem != task.path.stem:
        return
    source = root / script
    goal, moved = source.with_stem(draft.new), script.with_stem(draft.new).as_posix()
    shared = [one.path for one in others if one.script in (task.script, moved)]
    inside = not script.is_absolute() and identity(source).is_relative_to(root.resolve())
    is_moved = inside and not source.exists() and goal.is_file()
    if shared or not inside or (not is_moved and (source.is_symlink() or not source.is_file())):
        why = f"{shared[0]} names it too" if shared else "is no file of the collection"
        draft.notes.append(f"{script}: {why}. Rename it by hand, and /provenance/script with it.")
        return
    if not is_moved:
        if os.path.lexists(goal):
            raise DestinationError(f"{goal}: is there already, and the generator would go there.")
        draft.moves.append((source, goal))
    draft.document["provenance"] = {**draft.document["provenance"], "script": moved}
    lines = list(_lines(goal if is_moved else source, task.path.stem))
    if lines:
        told = ", ".join(map(str, lines[:MOST_LINES])) + (" ..." if len(lines) > MOST_LINES else "")
        draft.notes.append(
            f"{goal}: has the old name in {several(len(lines), 'line')} ({told}). Write the new "
            "one and its alias there, but let ids begin as they do: they never change."
        )


def _lines(path: Path, name: str) -> Iterator[int]:
    """The lines of a program that have a name in them."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    text = path.read_text(encoding="utf-8", errors="replace")
    return (number for number, line in enumerate(text.split("\n"), start=1) if pattern.search(line))

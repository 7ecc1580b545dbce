"""The files beside the tasks that name them: split lists, and the listing of a folder of tasks.

Split lists lie as in Super-NaturalInstructions: `splits/<track>/<split>_tasks.txt` below the root
of the collection, one name of a task a line.
"""

import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from taskschema.core.errors import ConfigError
from taskschema.core.storage.paths import head

if TYPE_CHECKING:
    from taskschema.rules.collection_context import SplitList

__all__ = ["INDEX", "broken_lists", "index_of", "split_lists", "split_names"]

FOLDER, ENDING = "splits", "_tasks.txt"
INDEX = "README.md"
# Many times the length of any real list; a longer file is none.
MOST_BYTES = 4_000_000
LINE = re.compile(r"\r\n|\r|\n")


def split_names(root: Path) -> tuple[tuple[str, str], ...]:
    """Track and split of what is named like a split list, in order; nothing is read."""
    return tuple((path.parent.name, path.name.removesuffix(ENDING)) for path in _called_lists(root))


def split_lists(root: Path, *, strict: bool = False) -> "tuple[SplitList, ...]":
    """The split lists of a collection, in the order of their paths.

    Bytes that are no UTF-8 are replaced. A binary or huge file, one that cannot be opened, and a
    link that leaves the root are no lists.

    Args:
        root: the root of the collection.
        strict: refuse what is named like a list and is none.

    Raises:
        ConfigError: names it. Its tasks would end where they are not meant to be.
    """
    found = [_list_at(path, root) for path in _called_lists(root)]
    for path, fault in (one for one in found if strict and isinstance(one, tuple)):
        raise ConfigError(f"{path}: {fault}")
    return tuple(one for one in found if not isinstance(one, tuple))


def broken_lists(root: Path) -> tuple[tuple[str, str], ...]:
    """The path of each file that is named like a split list and is none, and what is wrong."""
    found = (_list_at(path, root) for path in _called_lists(root))
    return tuple(one for one in found if isinstance(one, tuple))


def index_of(root: Path, folders: Sequence[str] = ()) -> tuple[str, str]:
    """Path and text of the listing in the folder of tasks; two empty strings where there is none.

    Args:
        root: the root of the collection.
        folders: the folders of tasks below it, as the settings name them; the first with a listing
            counts. Without any, that is `tasks`, or the root itself.
    """
    for folder in folders or ("tasks", "."):
        path = root / folder / INDEX
        if _stays(path, root) and (text := _read(path)) is not None:
            return path.as_posix(), text
        if not folders and (root / folder).is_dir():
            break
    return "", ""


def _called_lists(root: Path) -> Iterator[Path]:
    """What is named as split lists are, in order."""
    for track in _inside(root / FOLDER):
        yield from (path for path in _inside(track) if path.name.endswith(ENDING))


def _inside(folder: Path) -> list[Path]:
    """What lies in a folder, in order; nothing if it cannot be opened."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _list_at(path: Path, root: Path) -> "SplitList | tuple[str, str]":
    from taskschema.rules.collection_context import SplitList  # noqa: PLC0415 - names alone are told without it

    if not _stays(path, root):
        return path.as_posix(), "leads out of the collection. Put the list itself there."
    if (text := _read(path)) is None:
        fault = "is no list of tasks that can be read. Save it as UTF-8, or move it away."
        return path.as_posix(), fault
    lines = enumerate(LINE.split(text.removeprefix("\ufeff")), start=1)
    return SplitList(
        path=path.as_posix(),
        track=path.parent.name,
        split=path.name.removesuffix(ENDING),
        names=tuple((number, line.strip()) for number, line in lines if line.strip()),
    )


def _stays(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False  # a loop of links


def _read(path: Path) -> str | None:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        raw = head(path, MOST_BYTES + 1)
    except OSError:
        return None
    return None if len(raw) > MOST_BYTES or b"\0" in raw else raw.decode(errors="replace")

"""Reads split lists and the task listing, the files that name tasks.

Split lists follow Super-NaturalInstructions: `splits/<track>/<split>_tasks.txt` below the root of
the collection, one task name a line.
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

__all__ = ["INDEX", "index_of", "list_paths", "read_lists", "split_lists", "split_names"]

FOLDER, ENDING = "splits", "_tasks.txt"
INDEX = "README.md"
# Many times the length of any real list; a longer file is not a list.
MOST_BYTES = 4_000_000
LINE = re.compile(r"\r\n|\r|\n")


def split_names(root: Path) -> tuple[tuple[str, str], ...]:
    """Return track and split of each file named like a split list, in order; nothing is read."""
    return tuple((path.parent.name, path.name.removesuffix(ENDING)) for path in list_paths(root))


def split_lists(root: Path, *, strict: bool = False) -> "tuple[SplitList, ...]":
    """Read the split lists of a collection, in the order of their paths.

    Args:
        root: the root of the collection.
        strict: refuse a file that is named like a list but is none.

    Raises:
        ConfigError: such a file; its tasks would end up in the wrong split.
    """
    lists, broken = read_lists(root)
    for path, problem in broken if strict else ():
        raise ConfigError(f"{path}: {problem}")
    return lists


def read_lists(root: Path) -> "tuple[tuple[SplitList, ...], tuple[tuple[str, str], ...]]":
    """Read the files that are named like split lists, in the order of their paths.

    Bytes that are not UTF-8 are replaced. A binary or huge file, a file that cannot be opened, and
    a link that leaves the root are not lists.

    Returns:
        The lists; and the path of each file that is not one, with what is wrong with it.
    """
    found = [_list_at(path, root) for path in list_paths(root)]
    lists = tuple(one for one in found if not isinstance(one, tuple))
    return lists, tuple(one for one in found if isinstance(one, tuple))


def index_of(root: Path, folders: Sequence[str] = ()) -> tuple[str, str]:
    """Return path and text of the listing in the folder of tasks; two empty strings if none.

    Args:
        root: the root of the collection.
        folders: the folders of tasks in the configuration; the first with a listing counts.
            Without any, `tasks`, or the root itself.
    """
    for folder in folders or ("tasks", "."):
        path = root / folder / INDEX
        if _stays(path, root) and (text := _read(path)) is not None:
            return path.as_posix(), text
        if not folders and (root / folder).is_dir():
            break
    return "", ""


def list_paths(root: Path) -> Iterator[Path]:
    """Yield the paths that are named like split lists, in order; nothing is read."""
    for track in _inside(root / FOLDER):
        yield from (path for path in _inside(track) if path.name.endswith(ENDING))


def _inside(folder: Path) -> list[Path]:
    """Return the entries of a folder, in order; none if it cannot be opened."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _list_at(path: Path, root: Path) -> "SplitList | tuple[str, str]":
    from taskschema.rules.collection_context import SplitList  # noqa: PLC0415 - listing names does not need it

    if not _stays(path, root):
        return path.as_posix(), "leads out of the collection. Replace it with the list."
    if (text := _read(path)) is None:
        fault = "is not a readable list of tasks. Save it as UTF-8, or move it out of the folder."
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

"""The files beside the tasks that name them: split lists, and the listing of a folder of tasks.

Split lists lie as in Super-NaturalInstructions: `splits/<track>/<split>_tasks.txt` below the root
of the collection, one name of a task a line.
"""

import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from taskschema.errors import ConfigError
from taskschema.locations import head
from taskschema.rules import SplitList

__all__ = ["index_of", "split_lists"]

FOLDER, ENDING = "splits", "_tasks.txt"
INDEX = "README.md"
# Many times the length of any real list; a longer file is none.
MOST_BYTES = 4_000_000
LINE = re.compile(r"\r\n|\r|\n")


def split_lists(root: Path, *, strict: bool = False) -> tuple[SplitList, ...]:
    """The split lists of a collection, in the order of their paths.

    Bytes that are no UTF-8 are replaced. A binary or huge file, one that cannot be opened, and a
    link that leaves the root are no lists.

    Args:
        root: the root of the collection.
        strict: refuse what is named like a list and is none.

    Raises:
        ConfigError: names it. Its tasks would end where they are not meant to be.
    """
    lists = []
    for path in _called_lists(root):
        text = _read(path) if _stays(path, root) else None
        if text is None:
            if strict:
                _refuse(path, root)
            continue
        lines = enumerate(LINE.split(text.removeprefix("\ufeff")), start=1)
        lists.append(
            SplitList(
                path=path.as_posix(),
                track=path.parent.name,
                split=path.name.removesuffix(ENDING),
                names=tuple((number, line.strip()) for number, line in lines if line.strip()),
            )
        )
    return tuple(lists)


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


def _refuse(path: Path, root: Path) -> None:
    if not _stays(path, root):
        raise ConfigError(f"{path}: leads out of the collection. Put the list itself there.")
    raise ConfigError(
        f"{path}: is no list of tasks that can be read. Save it as UTF-8, or move it away."
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

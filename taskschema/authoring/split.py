"""Writes the split lists of a collection according to its split policy."""

from dataclasses import dataclass
from pathlib import Path

from taskschema.collection.splits.lists import ENDING, FOLDER, split_lists
from taskschema.collection.splits.policy import DEV, SPLITS
from taskschema.collection.splits.survey import Survey
from taskschema.core.errors import DestinationError
from taskschema.core.storage.atomic_files import write_atomically
from taskschema.core.storage.paths import path_of

__all__ = ["WrittenLists", "lists", "write"]


@dataclass(frozen=True, slots=True)
class WrittenLists:
    """Paths of the split lists, by result."""

    changed: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    stray: tuple[Path, ...]
    """Lists of a track or split that the policy does not define; they stay unchanged."""


def lists(seen: Survey) -> dict[str, bytes]:
    """Return the content of every list, by its path below the root of the collection.

    Raises:
        DestinationError: two tasks share a name, or a name cannot be written on one line.
    """
    paths: dict[str, str] = {}
    for entry in seen.tasks:
        if (other := paths.setdefault(entry.name, entry.path)) != entry.path:
            message = f"has the same name as {other}, so a list is ambiguous. Rename one of them."
            raise DestinationError(f"{entry.path}: {message}")
        if not entry.name.isprintable() or entry.name != entry.name.strip():
            message = "its name cannot be written on one line of a list. Rename the file."
            raise DestinationError(f"{entry.path!r}: {message}")
    splits = [split for split in SPLITS if split != DEV or seen.policy.dev]
    found = {_path(track, split): b"" for track in sorted(seen.policy.tracks) for split in splits}
    for one in sorted(seen.planned):
        found[_path(one.track, one.split)] += f"{one.task}\n".encode()
    return found


def _path(track: str, split: str) -> str:
    return f"{FOLDER}/{track}/{split}{ENDING}"


def write(seen: Survey) -> WrittenLists:
    """Write the lists that changed, each completely or not at all.

    Raises:
        DestinationError: a list cannot be written, or is outside of the collection.
    """
    root = seen.collection.config.root
    texts = {root / name: text for name, text in lists(seen).items()}
    for path in texts:
        _require_inside(path, root)
    changed = [path for path, text in texts.items() if _differs(path, text)]
    for path in changed:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DestinationError(f"{path}: cannot be written: {error.strerror}.") from error
        write_atomically(path, texts[path])
    others = (path_of(one.path) for one in split_lists(root))
    return WrittenLists(
        tuple(changed),
        tuple(path for path in texts if path not in changed),
        tuple(path for path in others if path not in texts),
    )


def _require_inside(path: Path, root: Path) -> None:
    try:
        stays = path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        stays = False  # a loop of links
    if not stays:
        raise DestinationError(f"{path}: leads out of {root}. Replace the link with a folder.")


def _differs(path: Path, text: bytes) -> bool:
    try:
        return not path.is_file() or path.read_bytes() != text
    except OSError:
        return True

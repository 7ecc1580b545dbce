"""A new collection of one's own: the files of `collection_template/`, in a folder.

What begins with a dot in a collection begins with `dot_` there, as git and editors would heed such
files where they lie. `@NAME@` and `@REQUIREMENT@` stand for what differs between collections.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath
from typing import Any

from taskschema.core.errors import ConfigError, DestinationError
from taskschema.core.storage.atomic_files import write_atomically
from taskschema.schema import published_files

__all__ = ["Founded", "found", "requirement"]

TEMPLATE = Path(__file__).parent / "collection_template"
DOT = "dot_"
SCHEMA = "task.v3.schema.json"
TASKS = PurePosixPath("tasks")
REPOSITORY = ".git"
LONGEST_NAME, LONGEST_REQUIREMENT = 100, 1000


@dataclass(frozen=True, slots=True)
class Founded:
    """What became of the files of a new collection, by their paths below its folder."""

    written: tuple[str, ...]
    kept: tuple[str, ...]
    """Those that were there already, and stay as they are."""
    needs: str
    """How pip installs taskschema there."""


def found(folder: Path, *, name: str = "", needs: str = "", keep: bool = False) -> Founded:
    """Write a collection with one task into a folder; no file that is there is changed.

    Args:
        folder: new or empty, but for a repository of git.
        name: what the collection is called; the folder's name if it is empty.
        needs: how pip is to install taskschema there; as `requirement` says if it is empty.
        keep: take a folder that holds files already, and write what is missing. The example task
            is left out where there are tasks.

    Raises:
        ConfigError: the name or the requirement is none.
        DestinationError: the folder holds files, or cannot be written to.
    """
    words = {
        "@NAME@": _line(name or folder.resolve().name or "Tasks", "name", "--name", LONGEST_NAME),
        "@REQUIREMENT@": _line(
            needs or requirement(), "requirement of pip", "--requirement", LONGEST_REQUIREMENT
        ),
    }
    there = _names_in(folder)
    if there and not keep:
        raise DestinationError(
            f"{folder}: holds files, such as {there[0]}. Name a new or an empty folder, or say "
            "--keep, which leaves them as they are and adds what is missing."
        )
    files = dict(_files(words))
    if any((folder / TASKS).glob("**/*.json")):
        files = {path: data for path, data in files.items() if TASKS not in path.parents}
    for parent in sorted({path.parent for path in files}):
        _make(folder / parent)
    written, kept = [], []
    for path, data in sorted(files.items()):
        target = folder / path
        if target.exists() or target.is_symlink():
            kept.append(str(path))
            continue
        write_atomically(target, data)
        written.append(str(path))
    return Founded(tuple(written), tuple(kept), words["@REQUIREMENT@"])


def requirement() -> str:
    """How pip installs this taskschema: its commit where it is from git, else its release."""
    try:
        own = distribution("taskschema")
    except PackageNotFoundError:  # run from a checkout
        return "taskschema[hf]"
    origin: dict[str, Any] = json.loads(own.read_text("direct_url.json") or "{}")
    git = origin.get("vcs_info")
    if git and not origin["url"].startswith("file:"):  # a path that nobody else has
        return f"taskschema[hf] @ {git['vcs']}+{origin['url']}@{git['commit_id']}"
    return f"taskschema[hf]=={own.version}"


def _files(words: dict[str, str]) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Each file of a collection by its path."""
    for path in TEMPLATE.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            for word, value in words.items():
                text = text.replace(word, value)
            parts = path.relative_to(TEMPLATE).parts
            yield PurePosixPath(*map(_dotted, parts)), text.encode()
    yield PurePosixPath("schemas", SCHEMA), published_files.read(SCHEMA)


def _dotted(part: str) -> str:
    return f".{part.removeprefix(DOT)}" if part.startswith(DOT) else part


def _line(text: str, what: str, option: str, most: int) -> str:
    if not text.strip() or not text.isprintable() or len(text) > most:
        shown = repr(text[:LONGEST_NAME])
        wanted = f"one line of 1 to {most} characters"
        raise ConfigError(f"{shown} is no {what}, which is {wanted}. Give one with {option}.")
    return text.strip()


def _names_in(folder: Path) -> list[str]:
    """What a folder holds, but for the repository of git that it may be."""
    try:
        return sorted(one.name for one in folder.iterdir() if one.name != REPOSITORY)
    except FileNotFoundError:
        return []
    except NotADirectoryError as error:
        raise DestinationError(f"{folder}: is a file. Name a folder.") from error
    except OSError as error:
        raise DestinationError(f"{folder}: cannot be read: {error.strerror}.") from error


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DestinationError(f"{folder}: cannot be made: {error.strerror}.") from error

"""Creates a collection in a folder from the files of `collection_template/`.

Names that start with a dot in a collection start with `dot_` in the template, since git and editors
would apply such files to this repository. `@NAME@` and `@REQUIREMENT@` are filled in.
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

__all__ = ["CreatedCollection", "create_collection", "requirement"]

TEMPLATE = Path(__file__).parent / "collection_template"
DOT = "dot_"
SCHEMA = "task.v3.schema.json"
TASKS = PurePosixPath("tasks")
REPOSITORY = ".git"
LONGEST_NAME, LONGEST_REQUIREMENT = 100, 1000


@dataclass(frozen=True, slots=True)
class CreatedCollection:
    """The files of a new collection, by their paths below its folder."""

    written: tuple[str, ...]
    kept: tuple[str, ...]
    """Files that existed already and are unchanged."""
    requirement: str
    """The pip requirement of taskschema in the collection."""


def create_collection(
    folder: Path, *, name: str = "", needs: str = "", keep: bool = False
) -> CreatedCollection:
    """Write a collection with one task into a folder; existing files stay unchanged.

    Args:
        folder: a new or empty folder, or one with nothing but a git repository.
        name: the title of the collection; the name of the folder if empty.
        needs: the pip requirement of taskschema; the result of `requirement` if empty.
        keep: accept a folder with files and write the missing files only. The example task is
            skipped if there are tasks.

    Raises:
        ConfigError: the name or the requirement is invalid.
        DestinationError: the folder holds files, or cannot be written to.
    """
    words = {
        "@NAME@": _line(name or folder.resolve().name or "Tasks", "name", "--name", LONGEST_NAME),
        "@REQUIREMENT@": _line(
            needs or requirement(), "pip requirement", "--requirement", LONGEST_REQUIREMENT
        ),
    }
    there = _names_in(folder)
    if there and not keep:
        raise DestinationError(
            f"{folder}: is not empty: it holds {there[0]}. Give a new or empty folder, or use "
            "--keep to add the missing files and change no other."
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
    return CreatedCollection(tuple(written), tuple(kept), words["@REQUIREMENT@"])


def requirement() -> str:
    """Return the pip requirement of this taskschema: its commit if from git, else its release."""
    try:
        own = distribution("taskschema")
    except PackageNotFoundError:  # run from a checkout
        return "taskschema[hf]"
    origin: dict[str, Any] = json.loads(own.read_text("direct_url.json") or "{}")
    git = origin.get("vcs_info")
    if git and not origin["url"].startswith("file:"):  # a local path exists on this machine only
        return f"taskschema[hf] @ {git['vcs']}+{origin['url']}@{git['commit_id']}"
    return f"taskschema[hf]=={own.version}"


def _files(words: dict[str, str]) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield the path and the content of each file of a collection."""
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
        start = repr(text[:LONGEST_NAME])
        raise ConfigError(
            f"{start} is not a valid {what}: one line of 1 to {most} characters. "
            f"Give one with {option}."
        )
    return text.strip()


def _names_in(folder: Path) -> list[str]:
    """Return the sorted names in a folder, except `.git`."""
    try:
        return sorted(one.name for one in folder.iterdir() if one.name != REPOSITORY)
    except FileNotFoundError:
        return []
    except NotADirectoryError as error:
        raise DestinationError(f"{folder}: is a file. Give a folder.") from error
    except OSError as error:
        raise DestinationError(f"{folder}: cannot be read: {error.strerror}.") from error


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DestinationError(f"{folder}: cannot be created: {error.strerror}.") from error

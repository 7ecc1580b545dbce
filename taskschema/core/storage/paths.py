"""Local paths and remote URLs behind one type, with functions that work for both."""

import os
import re
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from taskschema.core.errors import ConfigError
from taskschema.core.storage.remote import RemotePath

__all__ = [
    "absolute",
    "files_below",
    "head",
    "is_address",
    "is_among",
    "is_remote",
    "is_within",
    "location",
    "path_of",
    "remote",
    "same",
    "walk",
]

# A single letter before the colon is a Windows drive.
ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*::)*([A-Za-z][A-Za-z0-9+.-]+)://")
HERE = ("file", "local")
# In these URLs, the text before `@` or after `?` may be a secret, which reports would show.
OPEN = re.compile(
    r"(?:^|::)(?:https?|ftps?|s?ftp|ssh|smb|webdav)://(?P<user>[^/@]*:[^/@]*@)?[^:?]*(?P<query>\?)?"
)


def location(text: str | Path) -> Path:
    """Return the path that a text names: a local path, or a remote one for a URL.

    Raises:
        ConfigError: no installed package supports the URL, or the URL contains a secret.
    """
    if is_remote(text):
        return cast("Path", text)
    if not isinstance(text, str) or not (address := ADDRESS.match(text)):
        return Path(text)
    if address[1].lower() in HERE and "::" not in text:
        return Path(text[address.end() :])
    if find_spec("fsspec") is None:
        install = 'pip install "taskschema[remote]"'
        raise ConfigError(f"{text}: needs fsspec. Install it: {install}")
    for link in OPEN.finditer(text):
        if link["user"] or link["query"]:
            what = "a password" if link["user"] else "a query"
            raise ConfigError(
                f"a URL contains {what}, which reports would show. Put it into the settings of "
                "fsspec, or download the files first."
            )
    path = RemotePath.of(text)
    path.refresh()
    return cast("Path", path)


def path_of(name: str) -> Path:
    """Return the path of a name from a finding or an entry, without checks."""
    return cast("Path", RemotePath.of(name)) if ADDRESS.match(name) else Path(name)


def is_address(text: str) -> bool:
    """Return whether a text is a URL; `file://` counts."""
    return bool(ADDRESS.match(text))


def is_remote(path: object) -> bool:
    """Return whether a path is remote."""
    return isinstance(path, RemotePath)


def remote(path: Path) -> RemotePath | None:
    """Return a remote path as `RemotePath`; None for a local path."""
    found: object = path
    return found if isinstance(found, RemotePath) else None


def absolute(path: Path) -> str:
    """Return the absolute name of a file, with symbolic links kept."""
    return str(path.resolve()) if is_remote(path) else os.path.abspath(path)  # noqa: PTH100


def same(path: Path, other: Path) -> bool:
    """Return whether two existing paths are the same file."""
    return is_remote(path) == is_remote(other) and path.samefile(other)


def is_among(path: Path, paths: Iterable[Path]) -> bool:
    """Return whether an existing file is one of several, under any name."""
    if is_remote(path):
        return absolute(path) in map(absolute, paths)
    local = (other for other in paths if not is_remote(other))
    return path.is_file() and any(map(path.samefile, filter(Path.is_file, local)))


def is_within(path: Path, folder: Path) -> bool:
    """Return whether a path is below a folder; both must be resolved."""
    return is_remote(path) == is_remote(folder) and path.is_relative_to(folder)


def head(path: Path, size: int) -> bytes:
    """Return the first `size` bytes of a file, or all of a shorter file.

    Raises:
        OSError: the file cannot be read.
    """
    if elsewhere := remote(path):
        return elsewhere.head(size)
    with path.open("rb") as file:
        return file.read(size)


def walk(start: Path, closed: list[Path]) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Yield each folder with the names of its folders and files, top down, as `os.walk` does.

    Args:
        start: a folder.
        closed: receives the folders that cannot be opened.

    Raises:
        OSError: the first folder is remote and cannot be opened.
    """
    if elsewhere := remote(start):
        yield from _walk(elsewhere, closed, is_first=True)
        return
    for parent, folders, names in os.walk(
        start, onerror=lambda error: closed.append(Path(error.filename))
    ):
        yield Path(parent), folders, names


def _walk(
    folder: RemotePath, closed: list[Path], *, is_first: bool = False
) -> Iterator[tuple[Path, list[str], list[str]]]:
    folders: list[str] = []
    names: list[str] = []
    try:
        for path, is_folder in folder.scan():
            (folders if is_folder else names).append(path.name)
    except OSError:
        if is_first:
            raise
        closed.append(cast("Path", folder))
        return
    yield cast("Path", folder), folders, names
    for name in folders:
        yield from _walk(folder / name, closed)


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the visible files in and below a folder; links to folders are not followed."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and path.is_file():
                yield path

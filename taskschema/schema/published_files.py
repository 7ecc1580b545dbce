"""Locates the published files of `schemas/`, which the package reads itself."""

from functools import cache
from pathlib import Path

from taskschema.core.package import FOLDER

__all__ = ["folder", "read", "versions"]


@cache
def folder() -> Path:
    """Return the folder of the schemas: in the installed package, else in the checkout."""
    packaged = FOLDER / "_schemas"
    return packaged if packaged.is_dir() else FOLDER.parent / "schemas"


def read(name: str) -> bytes:
    """Return the bytes of a published file, such as `task.v3.schema.json`.

    Raises:
        FileNotFoundError: there is no such file.
    """
    return folder().joinpath(name).read_bytes()


def versions() -> tuple[int, ...]:
    """Return the versions with a published schema, in order."""
    found = (path.name.split(".")[1][1:] for path in folder().glob("task.v*.schema.json"))
    return tuple(sorted(map(int, found)))

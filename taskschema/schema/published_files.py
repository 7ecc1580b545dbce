"""Where the published files under `schemas/` lie: what outsiders cite is what the package reads."""

from functools import cache
from pathlib import Path

from taskschema.core.package import FOLDER

__all__ = ["folder", "read", "versions"]


@cache
def folder() -> Path:
    """The folder that holds the schemas: inside an installed package, else the checkout's own."""
    packaged = FOLDER / "_schemas"
    return packaged if packaged.is_dir() else FOLDER.parent / "schemas"


def read(name: str) -> bytes:
    """The bytes of one published file, such as `task.v3.schema.json`.

    Raises:
        FileNotFoundError: no such file is published.
    """
    return folder().joinpath(name).read_bytes()


def versions() -> tuple[int, ...]:
    """The versions of which a schema is published, in order."""
    found = (path.name.split(".")[1][1:] for path in folder().glob("task.v*.schema.json"))
    return tuple(sorted(map(int, found)))

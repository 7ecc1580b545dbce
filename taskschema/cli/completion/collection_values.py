"""Completes values from the current collection: tasks, tracks and splits.

Of the configuration only the folders of tasks are read; it is not validated here.
"""

import re
from pathlib import Path

import typer

from taskschema.cli.completion.completer import Offers, completer

__all__ = ["splits", "task_names", "tracks"]

# Some shells evaluate completions; these names contain nothing to evaluate.
PLAIN = re.compile(r"\w[\w.-]*")


@completer
def task_names(ctx: typer.Context, incomplete: str) -> Offers:
    """Complete names of tasks of the current collection, from the names of their files."""
    del incomplete
    from taskschema.core.storage.paths import files_below, is_within  # noqa: PLC0415

    root, folders = _collection(ctx)
    inside = [root / name for name in folders if is_within((root / name).resolve(), root.resolve())]
    # A folder that is not a collection may be huge, e.g. a home folder.
    paths = (
        (path for folder in inside for path in files_below(folder)) if inside else root.iterdir()
    )
    found = {path.stem for path in paths if path.suffix.lower() == ".json"}
    return [(name, "") for name in sorted(found) if PLAIN.fullmatch(name)]


@completer
def tracks(ctx: typer.Context, incomplete: str) -> Offers:
    """Complete tracks of the current collection, with their splits."""
    del incomplete
    found: dict[str, list[str]] = {}
    for track, split in _split_names(ctx):
        found.setdefault(track, []).append(split)
    return [(track, ", ".join(names)) for track, names in found.items()]


@completer
def splits(ctx: typer.Context, incomplete: str) -> Offers:
    """Complete splits of the given track, else of `default`, else of any track."""
    del incomplete
    names = _split_names(ctx)
    wanted = ctx.params.get("track") or "default"
    of_track = [split for track, split in names if track == wanted]
    found = dict.fromkeys(of_track or [split for _, split in names] or ["train"])
    if ctx.params.get("evaluation_split"):
        found["evaluation"] = None
    return [(split, "") for split in found if split not in {"excluded", "all"}]


def _split_names(ctx: typer.Context) -> list[tuple[str, str]]:
    from taskschema.collection.splits.lists import split_names  # noqa: PLC0415

    names = split_names(_collection(ctx)[0])
    return [one for one in names if all(map(PLAIN.fullmatch, one))]


def _collection(ctx: typer.Context) -> tuple[Path, tuple[str, ...]]:
    """Return root and folders of the collection that the line names, else of the current one."""
    import tomllib  # noqa: PLC0415

    from taskschema.core.storage.paths import is_remote  # noqa: PLC0415

    given = ctx.params.get("collection") or ctx.params.get("path") or Path()
    if is_remote(given):
        raise LookupError("completion does not access remote URLs")
    folder = given if given.is_dir() else given.parent
    for root in (folder, *folder.absolute().parents):
        if (path := root / "taskschema.toml").is_file():
            named = tomllib.loads(path.read_text(encoding="utf-8")).get("tasks")
            return root, tuple(named or _usual(root))
    return folder, _usual(folder)


def _usual(root: Path) -> tuple[str, ...]:
    return ("tasks",) if (root / "tasks").is_dir() else ()

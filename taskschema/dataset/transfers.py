"""Folders copied from an address and to one, where they cannot be renamed."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import cast

import orjson

from taskschema.collection import export_manifest
from taskschema.collection.export_manifest import FILE_NAME, Manifest, WrittenFile
from taskschema.core.storage.remote import RemotePath

__all__ = ["download", "upload"]


def upload(folder: Path, out: RemotePath, manifest: Manifest) -> None:
    """Put the files of an export at an address, and remove those that an earlier one left there.

    At any moment a manifest there names all files that may be there, so that the next run knows
    them as its own; it says `unfinished` until each of them is whole.

    Args:
        folder: here; what the exporter wrote, with its manifest.
        out: elsewhere; holds nothing, or an export.
        manifest: of the folder.

    Raises:
        OSError: something cannot be read or written; the next upload goes on from there.
    """
    new = [path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()]
    names = {path.as_posix() for path in new}
    stale = sorted(export_manifest.listed(cast("Path", out)) - names)
    claimed = [WrittenFile(name, None, "") for name in sorted({*names, *stale} - {FILE_NAME})]
    claim = asdict(replace(manifest, tasks=0, instances=0, files=tuple(claimed), splits={}))
    out.mkdir()
    (out / FILE_NAME).write_bytes(orjson.dumps(claim | {"unfinished": True}))
    made = {out}
    for path in new:
        if path.as_posix() != FILE_NAME:
            there = out / path.as_posix()
            if there.parent not in made:
                there.parent.mkdir()
                made.add(there.parent)
            there.upload(folder / path)
    present = {path.relative_to(out).as_posix() for path in out.files()}
    for name in stale:
        if name in present:
            (out / name).unlink()
    (out / FILE_NAME).write_bytes((folder / FILE_NAME).read_bytes())


def download(source: RemotePath, folder: Path) -> Path:
    """A copy of a file, or of a folder without what is hidden there, in a folder here.

    Raises:
        OSError: something cannot be read or written.
    """
    copy = folder / (source.name or "tasks")
    if not source.is_dir():
        source.download(copy)
        return copy
    copy.mkdir()
    for path in source.files():
        inner = path.relative_to(source)
        if not any(part.startswith(".") for part in inner.parts):
            there = copy / inner
            if there.resolve().is_relative_to(copy.resolve()):
                there.parent.mkdir(parents=True, exist_ok=True)
                path.download(there)
    return copy

"""The destination of an export, and the staging folder that replaces it.

A local folder is replaced by a rename. A remote folder is replaced file by file.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import cast

import orjson

from taskschema.collection import export_manifest
from taskschema.collection.export_manifest import FILE_NAME, Manifest, WrittenFile
from taskschema.core.errors import DestinationError
from taskschema.core.storage.paths import is_remote, remote
from taskschema.core.storage.remote import RemotePath

__all__ = ["put_in_place", "require_replaceable", "staging_folder"]


def require_replaceable(out: Path) -> None:
    """Refuse a folder that holds files which no export wrote.

    Raises:
        DestinationError: names such a file, or the folder cannot be read.
    """
    if not is_remote(out):
        _refuse_other_files(out)
        return
    try:
        _refuse_other_files(out)
    except OSError as error:
        raise DestinationError(f"{out}: cannot be read: {error.strerror}.") from error


def _refuse_other_files(out: Path) -> None:
    if out.is_dir() and export_manifest.is_export(out):
        for stranger in export_manifest.strangers(out):
            raise DestinationError(
                f"{out}: holds {stranger.relative_to(out)}, which no export wrote. "
                "Move it elsewhere, or choose a new folder."
            )
    elif out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise DestinationError(
            f"{out}: exists and is not an export of taskschema. Choose a new folder."
        )


@contextmanager
def staging_folder(out: Path) -> Iterator[Path]:
    """Yield an empty local folder for the files of an export, and remove it at the end.

    For a local destination it is next to it, so that a rename can put it in place.

    Raises:
        DestinationError: a file cannot be written; also for an OSError inside the context.
    """
    try:
        if is_remote(out):
            folder = Path(tempfile.mkdtemp(prefix="taskschema-"))
        else:
            out.parent.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise DestinationError(f"{out}: cannot be written: {error.strerror or error}") from error


def put_in_place(folder: Path, out: Path, manifest: Manifest) -> None:
    """Replace the destination with the finished staging folder.

    Raises:
        OSError: a file cannot be written; a local destination then stays unchanged.
    """
    if remote_out := remote(out):
        _upload(folder, remote_out, manifest)
    else:
        _rename(folder, out)


def _rename(folder: Path, out: Path) -> None:
    """Rename the staging folder; if that fails, restore the old folder."""
    folder.chmod(0o755)
    if not out.exists():
        folder.replace(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}.old.", dir=out.parent))
    out.replace(old / out.name)
    try:
        folder.replace(out)
    except OSError:
        (old / out.name).replace(out)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _upload(folder: Path, out: RemotePath, manifest: Manifest) -> None:
    """Upload the files of an export, and remove stale files of an earlier export.

    At any moment the remote manifest lists every file that may be there, so that the next run
    recognises them as its own; it is marked `unfinished` until all files are complete.

    Args:
        folder: the local staging folder, with its manifest.
        out: a remote folder that is empty or holds an export.
        manifest: the manifest of the folder.

    Raises:
        OSError: a file cannot be read or written; the next upload continues from there.
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
            target = out / path.as_posix()
            if target.parent not in made:
                target.parent.mkdir()
                made.add(target.parent)
            target.upload(folder / path)
    present = {path.relative_to(out).as_posix() for path in out.files()}
    for name in stale:
        if name in present:
            (out / name).unlink()
    (out / FILE_NAME).write_bytes((folder / FILE_NAME).read_bytes())

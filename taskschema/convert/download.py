"""Downloads remote sources into a local folder."""

from pathlib import Path

from taskschema.core.storage.remote import RemotePath

__all__ = ["download"]


def download(source: RemotePath, folder: Path) -> Path:
    """Copy a remote file, or a remote folder without its hidden files, into a local folder.

    Returns:
        The path of the copy.

    Raises:
        OSError: a file cannot be read or written.
    """
    copy = folder / (source.name or "tasks")
    if not source.is_dir():
        source.download(copy)
        return copy
    copy.mkdir()
    for path in source.files():
        inner = path.relative_to(source)
        if not any(part.startswith(".") for part in inner.parts):
            target = copy / inner
            if target.resolve().is_relative_to(copy.resolve()):
                target.parent.mkdir(parents=True, exist_ok=True)
                path.download(target)
    return copy

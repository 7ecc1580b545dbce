"""Opens the source of a conversion, and lists the files to read."""

import shutil
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path

from taskschema.convert.detection import formats_of
from taskschema.convert.download import download
from taskschema.convert.format import Format
from taskschema.convert.pieces import ConversionSource, Place, Problem
from taskschema.core.errors import SourceError
from taskschema.core.storage.paths import files_below, is_remote, location, remote

__all__ = ["STANDARD", "local_copy", "sources_of"]

STANDARD = "-"
"""Names standard input as a source, and standard output as a target."""
DATA_SUFFIXES = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")


def local_copy(source: str, folder: Path) -> Path:
    """Return a path that can be read more than once.

    Standard input, pipes and remote files are copied into `folder`; other paths are returned.

    Raises:
        SourceError: a remote source cannot be read.
    """
    path = location(source)
    if elsewhere := remote(path):
        try:
            return download(elsewhere, folder)
        except OSError as error:
            raise SourceError(f"{error.filename}: cannot be read: {error.strerror}.") from error
    if source == STANDARD:
        copy = folder / "stdin"
    elif path.is_fifo():
        copy = folder / path.name
    else:
        return path
    pipe = nullcontext(sys.stdin.buffer) if source == STANDARD else path.open("rb")
    with pipe as bytes_, copy.open("wb") as file:
        shutil.copyfileobj(bytes_, file)
    return copy


def sources_of(
    source: str,
    path: Path,
    name: str,
    reader: Format,
    by_file: Mapping[Path, tuple[str, ...]],
) -> list[ConversionSource | Problem]:
    """List the files to read, in the order of their paths.

    That is the source itself, unless it is a folder and the format reads single files. Data files
    of another format in the folder give a warning.

    Args:
        source: the source as it was requested.
        path: its local copy.
        name: of the format.
        reader: the format.
        by_file: the formats that were already detected, by file.

    Raises:
        SourceError: the folder holds no file of the format.
    """
    origin = location(source)
    is_copied_pipe = source == STANDARD or (path != origin and not is_remote(origin))
    if is_copied_pipe:
        return [ConversionSource(path=path, label=Path(source), name=path.stem)]
    if reader.reads != "file" or not path.is_dir():
        stem = path.name if path.is_dir() or reader.reads == "name" else path.stem
        return [ConversionSource(path=path, label=origin, name=stem or path.resolve().name)]
    found: list[ConversionSource | Problem] = []
    for file in files_below(path):
        label = origin / file.relative_to(path).as_posix() if is_remote(origin) else file
        if _is_of(file, name, reader, by_file):
            found.append(ConversionSource(path=file, label=label, name=file.stem))
        elif file.suffix.lower() in DATA_SUFFIXES:
            message = f"is skipped: it does not start as a {name} file does. Convert it separately."
            found.append(Problem(Place(label), "not-kept", message, refuses=False))
    if not any(isinstance(file, ConversionSource) for file in found):
        raise SourceError(f"{source}: holds no file of {name}. Name another folder.")
    return found


def _is_of(file: Path, name: str, reader: Format, by_file: Mapping[Path, tuple[str, ...]]) -> bool:
    if reader.sniff is None:
        return file.suffix.lower() == reader.suffix
    return name in (by_file[file] if file in by_file else formats_of(file))

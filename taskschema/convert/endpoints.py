"""What a conversion begins and ends with: formats by name or by looking, sources, and sinks."""

import shutil
import sys
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path

from taskschema.convert.detection import formats_of, obstacle
from taskschema.convert.download import download
from taskschema.convert.format import FORMATS, Format
from taskschema.convert.pieces import ConversionSource, Place, Problem
from taskschema.core.errors import DestinationError, SourceError
from taskschema.core.storage.paths import files_below, is_remote, location, remote
from taskschema.core.storage.sinks import (
    DeviceSink,
    FileSink,
    FolderSink,
    RemoteSink,
    Sink,
    StandardOutput,
)
from taskschema.core.text.near_misses import near_misses

__all__ = [
    "STANDARD",
    "format_of",
    "reader_of",
    "require_modules",
    "sink_of",
    "sources_of",
    "spooled",
    "writer_of",
]

STANDARD = "-"
OF_DATA = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")


def format_of(name: str) -> tuple[str, Format]:
    """The format of a name, which may be spelt with hyphens.

    Raises:
        SourceError: there is none; it names near misses.
    """
    known = FORMATS.names()
    plain = name.lower().replace("-", "_")
    if plain not in known:
        close = near_misses(plain, known)
        cure = f"Did you mean {' or '.join(close)}?" if close else "`taskschema formats` lists all."
        raise SourceError(f"there is no format {name!r}. {cure}")
    return plain, FORMATS.load(plain)


def spooled(source: str, folder: Path) -> Path:
    """A source as a file that can be looked at before it is read.

    It is a copy of what is a pipe, and of what is elsewhere.

    Raises:
        SourceError: what is elsewhere cannot be read.
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


def reader_of(source: str, path: Path, given: str | None) -> tuple[str, Format]:
    """The format of a source by its name, or told from what it holds.

    Raises:
        SourceError: there is no such source or format, or it cannot be told.
    """
    if not source:
        raise SourceError("the source has no name. Name a file, a folder, or - for the input.")
    if given is not None:
        name, format_ = format_of(given)
        if format_.read is None:
            raise SourceError(
                f"{name} is only written, never read. `taskschema formats` says more."
            )
        if format_.reads != "name" and not path.exists():
            raise SourceError(f"{source}: does not exist. Name a file or a folder.")
        return name, format_
    if not path.exists():
        raise SourceError(f"{source}: does not exist. Name a file or a folder.")
    found = formats_of(path)
    if not found and path.is_dir():
        found = sorted({name for file in files_below(path) for name in formats_of(file)})
    if len(found) != 1:
        told = " or ".join(found)
        told = f"it may be {told}" if told else obstacle(path).rstrip(".") or "nothing tells"
        raise SourceError(
            f"{source}: cannot tell its format ({told}). Give --from FORMAT; "
            "`taskschema formats` lists all."
        )
    return format_of(found[0])


def writer_of(given: str | None, source: str) -> tuple[str, Format]:
    """The format of a target by its name; tasks of this schema by default.

    Raises:
        SourceError: there is no such format, or none that makes sense by default.
    """
    if given is None and source == "taskschema":
        raise SourceError("these are tasks already. Give --to; `taskschema formats` lists all.")
    name, format_ = format_of(given or "taskschema")
    if format_.write is None:
        raise SourceError(f"{name} is only read, never written. Name another format.")
    return name, format_


def require_modules(name: str, format_: Format) -> None:
    """Raise SourceError where a format needs what is not installed."""
    for module in format_.modules:
        if find_spec(module) is None:
            install = f'pip install "taskschema[{format_.extra}]"'
            raise SourceError(f"{name} needs {module}. Install it: {install}")


def sources_of(
    source: str, path: Path, name: str, reader: Format
) -> list[ConversionSource | Problem]:
    """The file or folder, or of a folder all files of the format, in the order of their paths.

    Files of data that are of another format are told.

    Raises:
        SourceError: the folder holds none.
    """
    origin = location(source)
    if source == STANDARD or not (is_remote(origin) or path == origin):
        return [ConversionSource(path=path, label=Path(source), name=path.stem)]
    if reader.reads != "file" or not path.is_dir():
        stem = path.name if path.is_dir() or reader.reads == "name" else path.stem
        return [ConversionSource(path=path, label=origin, name=stem or path.resolve().name)]
    found: list[ConversionSource | Problem] = []
    for file in files_below(path):
        label = origin / file.relative_to(path).as_posix() if is_remote(origin) else file
        if _is_of(file, name, reader):
            found.append(ConversionSource(path=file, label=label, name=file.stem))
        elif file.suffix.lower() in OF_DATA:
            message = f"is not read, as it does not begin as {name} does. Convert it by itself."
            found.append(Problem(Place(label), "not-kept", message, refuses=False))
    if not any(isinstance(file, ConversionSource) for file in found):
        raise SourceError(f"{source}: holds no file of {name}. Name another folder.")
    return found


def _is_of(file: Path, name: str, reader: Format) -> bool:
    if reader.sniff is None:
        return file.suffix.lower() == reader.suffix
    return name in formats_of(file)


def sink_of(target: str, writer: Format, source: Path, *, force: bool, held: bool) -> Sink:
    """Where the chunks go; held back until all is well where that is asked.

    Raises:
        DestinationError: something is there already, and may not be replaced.
    """
    if target == STANDARD:
        return StandardOutput(held=held)
    if not target:
        raise DestinationError(
            "the target has no name. Name a file, a folder/, or - for the output."
        )
    path = location(target)
    if path.exists() and not path.is_file() and not path.is_dir():
        return DeviceSink(path)
    is_folder = path.is_dir() or target.endswith("/") or (not path.suffix and not writer.suffix)
    if is_folder and writer.suffix:
        stem = "stdin" if source == Path(STANDARD) else source.stem
        if not stem.strip("."):  # it is `.` or `..`, which lead somewhere
            stem = source.resolve().stem
        path, is_folder = path / f"{stem or 'tasks'}{writer.suffix}", False
    if not force and (any(path.iterdir()) if path.is_dir() else path.exists()):
        raise DestinationError(f"{path}: is there already. Name another place, or give --force.")
    if is_folder and path.exists() and not path.is_dir():
        raise DestinationError(f"{path}: is no folder. Name another place.")
    if elsewhere := remote(path):
        return RemoteSink(elsewhere, is_folder=is_folder)
    return FolderSink(path) if is_folder else FileSink(path)

"""The two ends of a conversion: formats, source files and sink, each resolved once."""

from pathlib import Path
from typing import NamedTuple

from taskschema.convert.detection import DetectedFormats, detect
from taskschema.convert.format import (
    Format,
    ReadFunction,
    WriteFunction,
    find_format,
    require_modules,
)
from taskschema.convert.options import require_accepted
from taskschema.convert.pieces import ConversionSource, Problem
from taskschema.convert.request import ConvertRequest
from taskschema.convert.sources import STANDARD, local_copy, sources_of
from taskschema.core.errors import DestinationError, SourceError
from taskschema.core.storage.paths import location, remote
from taskschema.core.storage.sinks import (
    DeviceSink,
    FileSink,
    FolderSink,
    RemoteSink,
    Sink,
    StandardOutput,
)

__all__ = ["Endpoints", "Reader", "Writer", "resolve"]


class Reader(NamedTuple):
    """The format of the source."""

    name: str
    format: Format
    read: ReadFunction


class Writer(NamedTuple):
    """The format of the target."""

    name: str
    format: Format
    write: WriteFunction


class Endpoints(NamedTuple):
    """What a conversion reads from and writes to."""

    reader: Reader
    writer: Writer
    sources: list[ConversionSource | Problem]
    """The files to read, and warnings about files that are skipped."""
    sink: Sink


def resolve(request: ConvertRequest, scratch: Path) -> Endpoints:
    """Find the formats and the source files of a request, and open its sink.

    Args:
        request: the conversion.
        scratch: a folder for copies of standard input, pipes and remote sources.

    Raises:
        SourceError: the source does not exist, or its format cannot be detected or read.
        ConfigError: an option that neither format takes, or a wrong value.
        DestinationError: the target already exists, or cannot be written.
    """
    path = local_copy(request.source, scratch)
    reader, detected = _reader(request, path)
    writer = _writer(request, reader)
    formats = {reader.name: reader.format, writer.name: writer.format}
    require_accepted(request.options, formats)
    for name, format_ in formats.items():
        require_modules(name, format_)
    sources = sources_of(request.source, path, reader.name, reader.format, detected.by_file)
    return Endpoints(reader, writer, sources, _sink(request, writer.format))


def _reader(request: ConvertRequest, path: Path) -> tuple[Reader, DetectedFormats]:
    """The format of the source, by its name or detected, and all formats that were detected."""
    source = request.source
    if not source:
        raise SourceError("the source has no name. Name a file, a folder, or - for standard input.")
    if request.source_format is None:
        _require_existing(source, path)
        detected = detect(path)
        name, format_ = find_format(_only_one(source, detected))
    else:
        detected = DetectedFormats(formats=())
        name, format_ = find_format(request.source_format)
        if format_.read is not None and format_.reads != "name":
            _require_existing(source, path)
    if format_.read is None:
        raise SourceError(f"{name} can only be written, not read. See `taskschema formats {name}`.")
    return Reader(name, format_, format_.read), detected


def _require_existing(source: str, path: Path) -> None:
    if not path.exists():
        raise SourceError(f"{source}: does not exist. Name a file or a folder.")


def _only_one(source: str, detected: DetectedFormats) -> str:
    """The format that was detected, if it is the only one."""
    if len(detected.formats) == 1:
        return detected.formats[0]
    reason = "no format matches"
    if detected.formats:
        reason = f"it may be {' or '.join(detected.formats)}"
    elif detected.obstacle:
        reason = detected.obstacle.rstrip(".")
    raise SourceError(
        f"{source}: cannot detect its format ({reason}). Give --from FORMAT; "
        "`taskschema formats` lists all."
    )


def _writer(request: ConvertRequest, reader: Reader) -> Writer:
    """The format of the target by its name; by default tasks of this schema."""
    if request.target_format is None and reader.format.is_native:
        raise SourceError(
            f"{request.source}: holds tasks already. Choose another format with --to; "
            "`taskschema formats` lists all."
        )
    name, format_ = find_format(request.target_format or "taskschema")
    if format_.write is None:
        raise SourceError(f"{name} can only be read, not written. Name another format.")
    return Writer(name, format_, format_.write)


def _sink(request: ConvertRequest, writer: Format) -> Sink:
    """The place for the written chunks; it holds back all output of a strict conversion.

    Raises:
        DestinationError: the target already exists, and may not be replaced.
    """
    target = request.target
    if target == STANDARD:
        return StandardOutput(held=request.strict)
    if not target:
        raise DestinationError(
            "the target has no name. Name a file, a folder/, or - for standard output."
        )
    path = location(target)
    if path.exists() and not path.is_file() and not path.is_dir():
        return DeviceSink(path)
    is_folder = path.is_dir() or target.endswith("/") or (not path.suffix and not writer.suffix)
    if is_folder and writer.suffix:
        path, is_folder = path / f"{_stem(request.source)}{writer.suffix}", False
    if not request.force and (any(path.iterdir()) if path.is_dir() else path.exists()):
        raise DestinationError(
            f"{path}: already exists. Name another target, or give --force to replace it."
        )
    if is_folder and path.exists() and not path.is_dir():
        raise DestinationError(f"{path}: is not a folder. Name another target.")
    if elsewhere := remote(path):
        return RemoteSink(elsewhere, is_folder=is_folder)
    return FolderSink(path) if is_folder else FileSink(path)


def _stem(source: str) -> str:
    """The name of a source without folders and suffix, for the file written from it."""
    if source == STANDARD:
        return "stdin"
    path = Path(source)
    stem = path.stem
    if not stem.strip("."):  # `.` and `..` lead to a folder with a name
        stem = path.resolve().stem
    return stem or "tasks"

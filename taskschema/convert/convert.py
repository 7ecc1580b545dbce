"""From any format to any other: pieces in, chunks out, and an account of all that did not pass."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

import orjson

from taskschema.collection.reading import read_bytes
from taskschema.convert.account import ConversionAccount, losses_of
from taskschema.convert.endpoints import (
    STANDARD,
    reader_of,
    require_modules,
    sink_of,
    sources_of,
    spooled,
    writer_of,
)
from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.options import require_taken
from taskschema.convert.pieces import (
    ColumnExamples,
    CompanionFile,
    ConversionSource,
    Document,
    Place,
    Problem,
    SourceCounts,
)
from taskschema.core.errors import ConfigError, DestinationError
from taskschema.core.findings import Finding
from taskschema.core.storage.sinks import DuplicateFileError, FolderSink, Sink
from taskschema.core.syntax import strict_json
from taskschema.schema import versions
from taskschema.schema.licenses import spdx_of

__all__ = ["ConversionAccount", "convert"]

MOST_NAMES = 1_000_000  # that are compared with each other


def convert(
    source: str,
    target: str,
    *,
    source_format: str | None = None,
    target_format: str | None = None,
    options: ConvertOptions | None = None,
    force: bool = False,
    strict: bool = False,
    progress: Callable[[int], None] | None = None,
) -> ConversionAccount:
    """Read a file, a folder or the standard input (`-`) and write it in another format.

    Args:
        source: a path, or what a format calls its datasets.
        target: a path, or `-` for the standard output.
        source_format: told from the source where it is not given.
        target_format: tasks of this schema where it is not given, unless the source is such.
        options: what concerns the formats.
        force: whether files that are there may be replaced.
        strict: write nothing where anything is refused or lost.
        progress: told how many instances are done.

    Raises:
        SourceError: the source does not exist, or its format cannot be told or read.
        ConfigError: an option that neither format takes, or a wrong value.
        DestinationError: the target is there already, or cannot be written.
    """
    options = options or ConvertOptions()
    if strict and options.bare:
        message = "--bare leaves out what --strict does not let be lost. Give only one of them."
        raise ConfigError(message)
    with tempfile.TemporaryDirectory(prefix="taskschema-") as scratch:
        path = spooled(source, Path(scratch))
        name, reader = reader_of(source, path, source_format)
        to, writer = writer_of(target_format, name)
        require_taken(options, (name, reader), (to, writer))
        require_modules(name, reader)
        require_modules(to, writer)
        sources = sources_of(source, path, name, reader)
        conversion = ConversionAccount(name, to, loses=dict(writer.loses))
        run = _Run(conversion, reader, writer, options, progress)
        sink = sink_of(target, writer, Path(source), force=force, held=strict)
        try:
            run.write(sources, sink)
            if conversion.tasks and not (strict and conversion.failed):
                sink.close()
            else:
                sink.abandon()
        except BrokenPipeError:  # whoever reads has seen enough
            sink.abandon()
            raise
        except OSError as error:
            sink.abandon()
            where = error.filename or target
            raise DestinationError(f"{where}: {error.strerror or error}.") from error
        except BaseException:
            sink.abandon()
            raise
    return conversion


@dataclass(slots=True)
class _Run:
    """One conversion at work."""

    conversion: ConversionAccount
    reader: Format
    writer: Format
    options: ConvertOptions
    progress: Callable[[int], None] | None
    names: set[int] = field(default_factory=set)
    at_hand: int | None = None
    """The instances of the task that the writer was handed last, until it leaves that out."""

    def write(self, sources: list[ConversionSource | Problem], sink: Sink) -> None:
        """Read the sources, and hand on to the sink what becomes of them."""
        if self.writer.write is None:
            return
        for chunk in self.writer.write(self._items(sources), self.options):
            if isinstance(chunk, Problem):
                self.conversion.problem(chunk)
                if chunk.refuses and not chunk.place.pointer:
                    self._leave_out()
                continue
            if isinstance(chunk, SourceCounts):
                self.conversion.kept -= chunk.refused
                self.conversion.refused += chunk.refused
                continue
            try:
                sink.add(chunk.path, chunk.data)
            except DuplicateFileError as error:
                if not isinstance(sink, FolderSink):
                    raise DestinationError(
                        f"there are several tasks, and {self.conversion.target} has a file for "
                        "each. Name a folder, with a slash at its end."
                    ) from error
                message = f"`{chunk.path}` would be written twice. Rename one of the two."
                self.conversion.problem(Problem(Place(Path(chunk.path)), "repeated-name", message))
                self._leave_out()

    def _leave_out(self) -> None:
        """Count the task at hand, which is not written, among those that were refused."""
        if self.at_hand is not None:
            self.conversion.tasks -= 1
            self.conversion.kept -= self.at_hand
            self.conversion.refused += self.at_hand
        self.at_hand = None

    def _items(
        self, sources: list[ConversionSource | Problem]
    ) -> Iterator[Document | CompanionFile]:
        is_one_of_many = len(sources) > 1
        for source in sources:
            if isinstance(source, Problem):
                self.conversion.problem(source)
                continue
            self.conversion.files += 1
            handed = 0
            counted = False
            options = self.options
            if options.name and is_one_of_many:
                options = replace(options, name=f"{options.name}-{source.name}")
            for piece in self.reader.read(source, options) if self.reader.read else ():
                if isinstance(piece, Problem):
                    self.conversion.problem(piece)
                elif isinstance(piece, Finding):
                    self.conversion.tell(piece)
                elif isinstance(piece, SourceCounts):
                    counted = True
                    self.conversion.count(piece)
                elif isinstance(piece, CompanionFile):
                    if self.writer.keeps_files:
                        yield piece
                elif not isinstance(piece, ColumnExamples):
                    handed += len(piece["instances"])
                    if (task := self._fitting(piece, source)) is None:
                        self.conversion.refused += len(piece["instances"])
                        continue
                    self._account(task)
                    yield task
            if not counted:
                self.conversion.read += handed

    def _fitting(self, task: Document, source: ConversionSource) -> Document | None:
        """The task with its provenance; None where it is none, which is told."""
        if not self.reader.is_native:
            task = _stamped(task, self.conversion.source, source)
        if self.options.license and not task.get("licenses"):
            task = task | {"licenses": [_license(self.options.license)]}
        if reason := _unfit(task):
            message = f"task `{task.get('name')}`: {reason}"
            self.conversion.problem(Problem(source.place(), "wrong-shape", message))
            return None
        name = hash(task["name"])
        if name in self.names:
            message = (
                f"there is a task `{task['name']}` before this one. Rename one of them, or put the "
                "rows of both into one file."
            )
            self.conversion.problem(Problem(source.place(), "repeated-name", message))
            return None
        if len(self.names) < MOST_NAMES:
            self.names.add(name)
        return task

    def _account(self, task: Document) -> None:
        self.conversion.tasks += 1
        self.at_hand = len(task["instances"])
        self.conversion.kept += self.at_hand
        self.conversion.lost.update(losses_of(task, self.writer.loses))
        if self.progress:
            self.progress(self.conversion.kept)


def _stamped(task: Document, name: str, source: ConversionSource) -> Document:
    """The task with a note of this conversion at the end of its provenance."""
    earlier = task.get("provenance", {})
    by = f"taskschema {version('taskschema')}"
    named = {} if source.label.name == STANDARD else {"source": source.label.name}
    step = {"format": name, **named, "by": by}
    steps = [*earlier.get("conversions", []), step]
    first = earlier or {"method": "converted", "from": name}
    return task | {"provenance": first | {"conversions": steps}}


def _license(text: str) -> Document:
    spdx = spdx_of(text)
    return {"text": text, "spdx": spdx} if spdx else {"text": text}


def _unfit(task: Document) -> str:
    """Why a document is no task that could be written; empty where it is one."""
    try:
        raw = orjson.dumps(task)
    except TypeError as error:
        return f"holds what JSON cannot: {error}. Correct it in the source."
    _, faults = strict_json.parse(raw)
    if faults:
        return faults[0].message
    if versions.fits(task, versions.NEWEST):
        return ""
    first = read_bytes(Path("task.json"), raw).findings[0]
    return f"{first.pointer}: {first.message}"

"""Converts a source from one format to another.

The way of the data, top to bottom:

1. `resolve` finds the formats and the source files, and opens the sink.
2. `_read` reads the source files into tasks and companion files.
3. `_fit` completes each task, and drops those that the schema or an earlier name rules out.
4. `_count` counts each task that is handed to the writer, and what it loses.
5. `_write` turns tasks and files into chunks of bytes.
6. `_deliver` puts the chunks into the sink, all or none.

Steps 2 to 5 are generators, so that one task is in memory at a time. What a step refuses goes no
further; it is added to the account, which `convert` returns.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

import orjson

from taskschema.collection.reading import read_bytes
from taskschema.convert.account import ConversionAccount
from taskschema.convert.endpoints import Reader, Writer, resolve
from taskschema.convert.format import ConvertOptions
from taskschema.convert.pieces import (
    Chunk,
    ColumnExamples,
    CompanionFile,
    ConversionSource,
    Document,
    Item,
    Place,
    Problem,
    SourceCounts,
)
from taskschema.convert.request import ConvertRequest
from taskschema.convert.sources import STANDARD
from taskschema.core.errors import DestinationError
from taskschema.core.findings import Finding
from taskschema.core.storage.sinks import DuplicateFileError, FolderSink, Sink
from taskschema.core.syntax import strict_json
from taskschema.schema import versions
from taskschema.schema.licenses import spdx_of

__all__ = ["convert"]

MOST_NAMES = 1_000_000  # that are compared with each other


def convert(
    request: ConvertRequest, *, progress: Callable[[int], None] | None = None
) -> ConversionAccount:
    """Read a file, a folder or standard input, and write it in another format.

    Args:
        request: the source, the target, their formats and all options.
        progress: called with the number of instances done so far.

    Raises:
        SourceError: the source does not exist, or its format cannot be detected or read.
        ConfigError: an option that neither format takes, or a wrong value.
        DestinationError: the target already exists, or cannot be written.
    """
    options = request.options
    with tempfile.TemporaryDirectory(prefix="taskschema-") as scratch:
        reader, writer, sources, sink = resolve(request, Path(scratch))
        account = ConversionAccount(
            source=reader.name, target=writer.name, loses=writer.format.loses
        )
        pieces = _read(sources, reader, options, account)
        tasks = _fit(pieces, reader, writer, options, account)
        counted = _count(tasks, account, progress)
        chunks = _write(counted, writer, options, account)
        _deliver(chunks, sink, request, account)
    return account


def _read(
    sources: Iterable[ConversionSource | Problem],
    reader: Reader,
    options: ConvertOptions,
    account: ConversionAccount,
) -> Iterator[tuple[ConversionSource, Item]]:
    """Step 2: yield the tasks and companion files of each source, with the source."""
    sources = list(sources)
    for source in sources:
        if isinstance(source, Problem):
            account.add_problem(source)
            continue
        account.files += 1
        instances, is_counted = 0, False
        chosen = _for_one_of(source, options) if len(sources) > 1 else options
        for piece in reader.read(source, chosen):
            if isinstance(piece, Problem):
                account.add_problem(piece)
            elif isinstance(piece, Finding):
                account.add_finding(piece)
            elif isinstance(piece, SourceCounts):
                account.add_counts(piece)
                is_counted = True
            elif isinstance(piece, CompanionFile):
                yield source, piece
            elif not isinstance(piece, ColumnExamples):
                instances += len(piece["instances"])
                yield source, piece
        if not is_counted:
            account.read += instances


def _for_one_of(source: ConversionSource, options: ConvertOptions) -> ConvertOptions:
    """The options for one of several sources, whose tasks need names of their own."""
    return replace(options, name=f"{options.name}-{source.name}") if options.name else options


def _fit(
    pieces: Iterable[tuple[ConversionSource, Item]],
    reader: Reader,
    writer: Writer,
    options: ConvertOptions,
    account: ConversionAccount,
) -> Iterator[Item]:
    """Step 3: add provenance and a license to each task, and refuse those that do not fit."""
    names: set[int] = set()
    for source, piece in pieces:
        if isinstance(piece, CompanionFile):
            if writer.format.keeps_files:
                yield piece
            continue
        task = piece if reader.format.is_native else _stamped(piece, reader.name, source)
        if options.license and not task.get("licenses"):
            task = task | {"licenses": [_license(options.license)]}
        if problem := _misfit(task, source) or _repeated(task, source, names):
            account.add_problem(problem)
            account.refused += len(task["instances"])
            continue
        if len(names) < MOST_NAMES:
            names.add(hash(task["name"]))
        yield task


def _count(
    items: Iterable[Item],
    account: ConversionAccount,
    progress: Callable[[int], None] | None,
) -> Iterator[Item]:
    """Step 4: count each task as the writer takes it."""
    for item in items:
        if not isinstance(item, CompanionFile):
            account.add_task(item)
            if progress:
                progress(account.kept)
        yield item


def _write(
    items: Iterable[Item],
    writer: Writer,
    options: ConvertOptions,
    account: ConversionAccount,
) -> Iterator[Chunk]:
    """Step 5: yield the files of the target, chunk by chunk."""
    for written in writer.write(items, options):
        if isinstance(written, Chunk):
            yield written
        elif isinstance(written, SourceCounts):
            account.refuse_instances(written.refused)
        else:
            account.add_problem(written)
            if written.refuses and not written.place.pointer:
                account.refuse_last_task()


def _deliver(
    chunks: Iterable[Chunk], sink: Sink, request: ConvertRequest, account: ConversionAccount
) -> None:
    """Step 6: put all chunks into the sink; nothing without a task, or if `strict` forbids it."""
    try:
        for chunk in chunks:
            try:
                sink.add(chunk.path, chunk.data)
            except DuplicateFileError as error:
                if not isinstance(sink, FolderSink):
                    raise DestinationError(
                        f"there are several tasks, and {account.target} writes a file for each. "
                        "Name a folder, with a slash at its end."
                    ) from error
                message = f"`{chunk.path}` would be written twice. Rename one of the two."
                account.add_problem(Problem(Place(Path(chunk.path)), "repeated-name", message))
                account.refuse_last_task()
        if account.tasks and not (request.strict and account.failed):
            sink.close()
        else:
            sink.abandon()
    except BaseException as error:
        sink.abandon()
        # A broken pipe is no error: the program that reads the output needs no more of it.
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            where = error.filename or request.target
            raise DestinationError(f"{where}: {error.strerror or error}.") from error
        raise


def _stamped(task: Document, format_name: str, source: ConversionSource) -> Document:
    """The task with this conversion at the end of its provenance."""
    earlier = task.get("provenance", {})
    named = {} if source.label.name == STANDARD else {"source": source.label.name}
    step = {"format": format_name, **named, "by": _program()}
    steps = [*earlier.get("conversions", []), step]
    first = earlier or {"method": "converted", "from": format_name}
    return task | {"provenance": first | {"conversions": steps}}


@cache
def _program() -> str:
    """The name and version of this program; reading the version takes longer than a small task."""
    return f"taskschema {version('taskschema')}"


def _license(text: str) -> Document:
    spdx = spdx_of(text)
    return {"text": text, "spdx": spdx} if spdx else {"text": text}


def _misfit(task: Document, source: ConversionSource) -> Problem | None:
    """The first reason why a document is not a task that could be written."""
    if reason := _breach(task):
        message = f"task `{task.get('name')}`: {reason}"
        return Problem(source.place(), "wrong-shape", message)
    return None


def _breach(task: Document) -> str:
    """What the newest schema does not allow in a document; empty if it fits."""
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


def _repeated(task: Document, source: ConversionSource, names: set[int]) -> Problem | None:
    """A problem if an earlier task has the same name."""
    if hash(task["name"]) not in names:
        return None
    message = (
        f"an earlier task is called `{task['name']}` too. Rename one of them, or put the rows of "
        "both into one file."
    )
    return Problem(source.place(), "repeated-name", message)

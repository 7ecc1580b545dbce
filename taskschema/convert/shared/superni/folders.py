"""Reads and writes folders of tasks in the layout of Super-NaturalInstructions, in any version.

The layout is `tasks/<name>.json` and `splits/<track>/<split>_tasks.txt`. Reading also accepts a
folder of task files only, and a single task file.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from taskschema.collection.splits.lists import split_lists
from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import (
    Chunk,
    CompanionFile,
    ConversionSource,
    Item,
    Piece,
    Place,
    Problem,
    Sample,
    SourceCounts,
)
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.convert.shared.rows.schema_fit import fits_as_head
from taskschema.convert.shared.rows.task_names import TaskNames
from taskschema.convert.shared.sources.attachments import attachment_files
from taskschema.convert.shared.sources.json_files import files_in, label_of, load_json, located
from taskschema.convert.shared.superni.documents import (
    FolderLayout,
    read_document,
    written_document,
)
from taskschema.core.syntax import strict_json
from taskschema.schema import canonical

__all__ = ["format_of"]

FOLDER = "tasks"
SAMPLED = 5  # files of a folder
SPLIT_LIST = re.compile(r"splits/[^/]+/[^/]+_tasks\.txt")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def _sniff(sample: Sample, is_task: Callable[[Any], bool]) -> bool:
    """Whether a file, or one of the first files of a folder, is a task."""
    if not sample.path.is_dir():
        return any(map(is_task, sample.rows[:1]))
    inner = sample.path / FOLDER
    folder = inner if inner.is_dir() else sample.path
    paths = sorted(path for path in folder.glob("*.json") if not path.name.startswith("."))
    return any(is_task(_document(path)) for path in paths[:SAMPLED])


def _document(path: Path) -> Any:
    try:
        return orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None


def _read(
    source: ConversionSource, options: ConvertOptions, layout: FolderLayout
) -> Iterator[Piece]:
    """Each task, with its attachments before it, then the split lists."""
    is_folder = source.path.is_dir()
    names = TaskNames(options.name if is_folder else None)
    for found in _task_files(source):
        if isinstance(found, Problem):
            yield found
            yield SourceCounts(1, 0, 1)
            continue
        stem = found.stem if is_folder else options.name or source.name
        is_legal = not names.prefix and fits_as_head({"name": stem})
        name = stem if is_legal else names.of(stem, stem)
        is_renamed = name != stem and not options.name  # otherwise it was requested
        assumed = f"the file's name is not legal; the task is `{name}`." if is_renamed else ""
        for piece in _pieces(found, source, name, options, layout):
            if isinstance(piece, dict) and assumed:
                place = Place(label_of(source, found))
                yield Problem(place, "assumed", assumed, refuses=False)
            yield piece
    if is_folder:
        for listed in split_lists(source.path):
            path = Path(listed.path)
            yield CompanionFile(f"splits/{listed.track}/{path.name}", path)


def _task_files(source: ConversionSource) -> Iterator[Path | Problem]:
    """The file; or all JSON files in the folder's `tasks`, or in the folder itself without one."""
    inner = source.path / FOLDER
    root = inner if inner.is_dir() else source.path
    for found in files_in(source):
        is_other = isinstance(found, Path) and (
            found.suffix.lower() != ".json" or not found.is_relative_to(root)
        )
        if found == source.path or not is_other:
            yield found


def _pieces(
    path: Path, source: ConversionSource, name: str, options: ConvertOptions, layout: FolderLayout
) -> Iterator[Piece]:
    """The task of a file, its companion files, problems and counts."""
    label = label_of(source, path)
    found = _loaded(path, label)
    if isinstance(found, Problem):
        yield found
        yield SourceCounts(1, 0, 1)
        return
    raw, document, assumed = found
    reason = layout.fault(document) if isinstance(document, dict) else _no_object(document)
    if reason:
        yield Problem(Place(label), "wrong-shape", reason)
        yield SourceCounts(1, 0, 1)
        return
    reading = read_document(document, name, label, layout, options)
    notes = [Problem(Place(label), "assumed", what, refuses=False) for what in assumed]
    yield from located(raw, (*notes, *reading.problems))
    if reading.task is not None:
        root = source.path if source.path.is_dir() else path.parent
        yield from attachment_files(reading.task, path, root, source)
        yield reading.task
    yield SourceCounts(reading.rows, 0, reading.refused)


def _no_object(document: Any) -> str:
    return f"is {json_type(document)}, not an object with a task. Name another file."


def _loaded(path: Path, label: Path) -> tuple[bytes, Any, tuple[str, ...]] | Problem:
    """The bytes, the document, and what was assumed; NaN, which Python writes, is read as null.

    Upstream has NaN where a table of sources had an empty cell.
    """
    found = load_json(path, label)
    if not isinstance(found, Problem):
        return *found, ()
    try:
        with path.open("rb") as file:
            raw = file.read(strict_json.MAX_BYTES + 1).removeprefix(BYTE_ORDER_MARK)
        if [fault.name for fault in strict_json.parse(raw)[1]] != ["invalid-json"]:
            return found
        document = json.loads(raw.decode(), parse_constant=lambda _: None)
    except (OSError, ValueError, RecursionError):
        return found
    return raw, document, ("`NaN` is not a JSON value; it is read as null.",)


def _write(
    items: Iterable[Item], options: ConvertOptions, layout: FolderLayout
) -> Iterator[Chunk | Problem]:
    """A file in `tasks` for each task and attachment, and the split lists."""
    seen = set()
    for item in items:
        if not isinstance(item, CompanionFile):
            older = written_document(item, layout, options)
            raw = canonical.dumps(older, layout.version)
            yield Chunk(f"{FOLDER}/{item['name']}.json", raw)
            continue
        is_list = SPLIT_LIST.fullmatch(item.path)
        path = item.path if is_list else str(PurePosixPath(FOLDER, item.path))
        if path not in seen:
            seen.add(path)
            data = item.data if isinstance(item.data, bytes) else item.data.read_bytes()
            yield Chunk(path, data)


def format_of(layout: FolderLayout, title: str, is_task: Callable[[Any], bool]) -> Format:
    """Return the format of a layout, whose documents `is_task` recognizes."""

    def sniff(sample: Sample) -> bool:
        return _sniff(sample, is_task)

    def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
        return _read(source, options, layout)

    def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
        return _write(items, options, layout)

    return Format(
        title=title, sniff=sniff, read=read, write=write, reads="folder", keeps_files=True
    )

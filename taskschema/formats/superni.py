"""Super-NaturalInstructions: a file for each task, with Title Case keys, and lists of splits.

A folder holds `tasks/<name>.json` and `splits/<track>/<split>_tasks.txt`; a folder of nothing but
task files, or one of them, is read as well. A file's name is the name of its task. Written is the
final form of 2022, which the migration between versions 2 and 3 makes: keys that version 3 has no
word for stand in `extras.v2` and return to where they were.

Files of the forms before are read, and what had to be assumed is told: a definition that is a
text, instances without ids, codes for languages, categories that are paths, addresses among the
sources, keys in other spellings. What was taken apart is kept as it was in `extras.superni`.

What a task says and this form does not stands in a key `taskschema` of the file and of each row,
so that nothing is lost. `--bare` leaves it out: the files are then just as upstream's.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from taskschema import canonical, jsonio
from taskschema.formats import (
    Beside,
    Chunk,
    Counted,
    Document,
    Format,
    Options,
    Piece,
    Place,
    Problem,
    Sample,
    Source,
)
from taskschema.formats._attachments import attachments
from taskschema.formats._difference import is_head
from taskschema.formats._fields import kind
from taskschema.formats._json_files import files_in, label_of, loaded, placed
from taskschema.formats._names import Names
from taskschema.formats._version_2 import OLDER, read_document, written_document
from taskschema.splits import split_lists

FOLDER = "tasks"
LOOKED_AT = 5  # files of a folder
SPLIT_LIST = re.compile(r"splits/[^/]+/[^/]+_tasks\.txt")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
OF_NI = frozenset({"Examples", "Title", "Prompt", "Things to Avoid", "Emphasis & Caution"})


def sniff(sample: Sample) -> bool:
    """Whether there is a definition with instances, and nothing of Natural Instructions (2021)."""
    if not sample.path.is_dir():
        return any(map(_is_task, sample.rows[:1]))
    inner = sample.path / FOLDER
    folder = inner if inner.is_dir() else sample.path
    paths = sorted(path for path in folder.glob("*.json") if not path.name.startswith("."))
    return any(_is_task(_document(path)) for path in paths[:LOOKED_AT])


def _is_task(document: Any) -> bool:
    keys = document.keys() if isinstance(document, dict) else set()
    return keys >= {"Definition", "Instances"} and not keys & OF_NI


def _document(path: Path) -> Any:
    try:
        return orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None


def read(source: Source, options: Options) -> Iterator[Piece]:
    """Each task, with its attachments before it, and the lists of splits."""
    is_folder = source.path.is_dir()
    names = Names(options.name if is_folder else None)
    for found in _task_files(source):
        if isinstance(found, Problem):
            yield found
            yield Counted(1, 0, 1)
            continue
        stem = found.stem if is_folder else options.name or source.name
        legal = not names.prefix and is_head({"name": stem})
        name = stem if legal else names.of(stem, stem)
        yield from _pieces(found, name, stem, source, options)
    if is_folder:
        for listed in split_lists(source.path):
            path = Path(listed.path)
            yield Beside(f"splits/{listed.track}/{path.name}", path)


def _task_files(source: Source) -> Iterator[Path | Problem]:
    """The file; or of a folder all JSON in its folder `tasks`, or without one in all of it."""
    inner = source.path / FOLDER
    for found in files_in(source):
        is_file = isinstance(found, Path) and found != source.path
        if isinstance(found, Path) and is_file:
            inside = not inner.is_dir() or found.is_relative_to(inner)
            if not inside or found.suffix.lower() != ".json":
                continue
        yield found


def _pieces(path: Path, name: str, stem: str, source: Source, options: Options) -> Iterator[Piece]:
    """The task of a file, and what is wrong with it or was assumed."""
    label = label_of(source, path)
    found = _loaded(path, label)
    if isinstance(found, Problem):
        yield found
        yield Counted(1, 0, 1)
        return
    raw, document, assumed = found
    if reason := _fault(document):
        yield Problem(Place(label), "wrong-shape", reason)
        yield Counted(1, 0, 1)
        return
    reading = read_document(document, name, label, options)
    if name != stem and reading.task is not None:
        assumed += (f"the name of the file is no name of a task, which is `{name}` here.",)
    told = [Problem(Place(label), "assumed", what, refuses=False) for what in assumed]
    yield from placed(raw, (*told, *reading.problems))
    if reading.task is not None:
        root = source.path if source.path.is_dir() else path.parent
        yield from attachments(reading.task, path, root, source)
        yield reading.task
    yield Counted(reading.rows, 0, reading.refused)


def _loaded(path: Path, label: Path) -> tuple[bytes, Any, tuple[str, ...]] | Problem:
    """The bytes, the document, and what was assumed; NaN, which Python writes, is taken for null.

    Upstream has it where a table of sources had an empty cell.
    """
    found = loaded(path, label)
    if not isinstance(found, Problem):
        return *found, ()
    try:
        raw = path.read_bytes().removeprefix(BYTE_ORDER_MARK)
        if [fault.name for fault in jsonio.parse(raw)[1]] != ["invalid-json"]:
            return found
        document = json.loads(raw.decode(), parse_constant=lambda _: None)
    except (OSError, ValueError, RecursionError):
        return found
    return raw, document, ("`NaN` is no JSON value; it is taken for null.",)


def _fault(document: Any) -> str:
    """Why a document is no task of this format; empty where it may be one."""
    if not isinstance(document, dict):
        return f"is {kind(document)}, not an object with a task. Name another file."
    if isinstance(document.get("Examples"), dict) and not any(key in document for key in OLDER):
        cure = "Give --from natural_instructions."
        return f"is a task of Natural Instructions (2021), with its examples in one object. {cure}"
    return ""


def write(items: Iterable[Document | Beside], options: Options) -> Iterator[Chunk | Problem]:
    """A file for each task in `tasks`, the attachments there as well, and the lists of splits."""
    seen = set()
    for item in items:
        if not isinstance(item, Beside):
            older = written_document(item, options)
            yield Chunk(f"{FOLDER}/{item['name']}.json", canonical.dumps(older, 2))
            continue
        is_list = SPLIT_LIST.fullmatch(item.path)
        path = item.path if is_list else str(PurePosixPath(FOLDER, item.path))
        if path not in seen:
            seen.add(path)
            data = item.data.read_bytes() if isinstance(item.data, Path) else item.data
            yield Chunk(path, data)


FORMAT = Format(
    title="Super-NaturalInstructions: a folder of tasks with lists of splits, or one task",
    sniff=sniff,
    read=read,
    write=write,
    reads="folder",
    keeps_files=True,
)

"""Tasks of this schema in any version: a collection, or one file of it.

Written is version 3 in canonical form: one file per task, with the attachments and the split lists.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from taskschema.collection.collection import collect
from taskschema.collection.reading import read as read_file
from taskschema.collection.splits.lists import split_lists
from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import (
    Chunk,
    CompanionFile,
    ConversionSource,
    Item,
    Piece,
    Problem,
    Sample,
)
from taskschema.convert.shared.sources.attachments import attachment_files
from taskschema.schema import canonical, versions

FOLDERS = ("tasks/", "")
SNIFFED_FILES = 5  # files of a folder


def sniff(sample: Sample) -> bool:
    """Return whether the source is a task of version 3, or a folder with one."""
    if not sample.names:
        return any(_is_newest(row) for row in sample.rows[:1])
    names = [
        name
        for folder in FOLDERS
        for name in sample.names
        if name.startswith(folder) and name.endswith(".json")
    ]
    return any(_is_newest(_loaded(sample.path / name)) for name in names[:SNIFFED_FILES])


def read(source: ConversionSource, _options: ConvertOptions) -> Iterator[Piece]:
    """Yield each valid task, preceded by its attachments, then the split lists."""
    collection = collect([source.path])
    root = collection.config.root
    for path in collection.paths:
        reading = read_file(path, root)
        if reading.document is None:
            yield from reading.findings
            continue
        document = reading.upgraded()
        yield from attachment_files(document, path, root, source)
        yield document
    if source.path.is_dir():
        for listed in split_lists(root):
            path = Path(listed.path)
            yield CompanionFile(f"splits/{listed.track}/{path.name}", path)


def write(items: Iterable[Item], _options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield one file per task, and each companion file once."""
    seen = set()
    for item in items:
        if not isinstance(item, CompanionFile):
            yield Chunk(f"{item['name']}.json", canonical.dumps(item, versions.NEWEST))
        elif item.path not in seen:
            seen.add(item.path)
            data = item.data if isinstance(item.data, bytes) else item.data.read_bytes()
            yield Chunk(item.path, data)


def _loaded(path: Path) -> Any:
    try:
        return orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None


def _is_newest(document: Any) -> bool:
    if not isinstance(document, dict) or not document.keys() >= {"definition", "instances"}:
        return False
    return type(version := document.get("schema_version")) is int and version == versions.NEWEST


FORMAT = Format(
    title="Tasks of this schema, in any version; written in version 3",
    sniff=sniff,
    read=read,
    write=write,
    reads="folder",
    keeps_files=True,
    is_native=True,
)

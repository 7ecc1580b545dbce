"""Folders that a format writes, as exports."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from taskschema.collection.export_manifest import Manifest, WrittenFile
from taskschema.convert.format import ConvertOptions as FormatOptions
from taskschema.convert.format import Format
from taskschema.convert.pieces import (
    Chunk,
    CompanionFile,
    ConversionSource,
    Document,
    Place,
    Problem,
)
from taskschema.convert.shared.sources.attachments import attachment_files
from taskschema.core.errors import DestinationError
from taskschema.core.plugin_settings import Setting
from taskschema.export.exporter import ExportOptions
from taskschema.schema.columns import Columns
from taskschema.schema.versions import NEWEST

__all__ = ["BARE", "FormatFolder"]

BARE = Setting(
    bool, "whether what the format has no field for is left out, and not carried along", False
)


class FormatFolder:
    """One folder that a format fills; a task that the format refuses is told and left out."""

    def __init__(self, format_: Format, folder: Path, options: ExportOptions) -> None:
        self.format = format_
        self.folder = folder
        self.options = options
        self.tasks: dict[str, int] = {}
        """How many instances each task has that was written, by its name."""
        self.paths: dict[str, Path] = {}
        self.names: set[str] = set()
        self.sources: dict[str, Path] = {}
        """The file of each task, by the name that a format calls it by."""
        self.last = ""
        self.open = ""

    def write(self, tasks: Iterable[Columns]) -> None:
        """Write all tasks, each with the files that go along with it."""
        if self.format.write is None:
            return
        chosen = FormatOptions(bare=bool(self.options.settings.get("bare", BARE.default)))
        for piece in self.format.write(self._items(tasks), chosen):
            if isinstance(piece, Chunk):
                self._append(piece)
            elif isinstance(piece, Problem):
                path = self.sources.get(str(piece.place.path), piece.place.path)
                self.options.tell(piece._replace(place=piece.place._replace(path=path)))
                if piece.refuses and not piece.place.pointer:
                    self.tasks.pop(self.last, None)

    def manifest(self, kind: str) -> Manifest:
        """What was written."""
        files = (WrittenFile.of(self.folder, path) for path in self.paths.values())
        return Manifest(
            kind=kind,
            tasks=len(self.tasks),
            instances=sum(self.tasks.values()),
            files=tuple(files),
            schema_version=NEWEST,
        )

    def _items(self, tasks: Iterable[Columns]) -> Iterator[Document | CompanionFile]:
        for columns in tasks:
            task: dict[str, Any] = columns.task
            if columns.name in self.names:
                message = f"there is a task `{columns.name}` before this one. Rename one of them."
                self.options.tell(Problem(Place(columns.path), "repeated-name", message))
                continue
            self.names.add(columns.name)
            if self.format.keeps_files:
                yield from self._files(columns)
            self.last = columns.name
            self.sources[columns.name] = columns.path
            self.tasks[columns.name] = len(columns.instances)
            yield task

    def _files(self, columns: Columns) -> Iterator[CompanionFile]:
        source = ConversionSource(path=columns.path, label=columns.path, name=columns.name)
        for found in attachment_files(columns.task, columns.path, columns.root, source):
            if isinstance(found, Problem):
                self.options.tell(found)
            elif found.path == f"{columns.name}.json":
                self._tell_of_second(found.path)
            else:
                yield found

    def put(self, path: str, data: bytes) -> None:
        """Write a whole file, which takes the place of any that the format wrote there."""
        if path in self.paths:
            self._tell_of_second(path)
        self.paths[path] = self._made(path)
        self.paths[path].write_bytes(data)

    def _append(self, chunk: Chunk) -> None:
        """Write on in the file at hand, or begin another; none is begun twice."""
        if chunk.path != self.open:
            if chunk.path in self.paths:
                self.tasks.pop(self.last, None)
                self._tell_of_second(chunk.path)
                return
            self.open = chunk.path
            self.paths[chunk.path] = self._made(chunk.path)
        with self.paths[chunk.path].open("ab") as file:
            file.write(chunk.data)

    def _made(self, path: str) -> Path:
        made = self.folder / path
        if not made.resolve().is_relative_to(self.folder.resolve()):
            raise DestinationError(f"{path}: leads out of the folder. Name another place.")
        made.parent.mkdir(parents=True, exist_ok=True)
        return made

    def _tell_of_second(self, path: str) -> None:
        message = f"`{path}` would be written twice. Rename one of the two."
        self.options.tell(Problem(Place(Path(path)), "repeated-name", message))

"""Exports whose files a conversion format writes."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from taskschema.collection.export_manifest import Manifest, WrittenFile
from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import Chunk, CompanionFile, ConversionSource, Item, Place, Problem
from taskschema.convert.shared.sources.attachments import attachment_files
from taskschema.core.errors import DestinationError
from taskschema.core.plugin_settings import Setting
from taskschema.export.exporter import WrittenExport
from taskschema.export.plan import ExportPlan
from taskschema.schema.columns import Columns
from taskschema.schema.versions import NEWEST

__all__ = ["BARE", "FormatFolder"]

BARE = Setting(
    bool,
    "whether to drop fields that the format lacks, instead of carrying them in extra keys",
    False,
)


class FormatFolder:
    """A folder that a format fills; a task that the format refuses is skipped, with a problem."""

    def __init__(self, format_: Format, folder: Path, plan: ExportPlan) -> None:
        self.format = format_
        self.folder = folder
        self.plan = plan
        self.tasks: dict[str, int] = {}
        """The number of instances of each written task, by its name."""
        self.problems: list[Problem] = []
        self._paths: dict[str, Path] = {}
        """The written files, by their paths in the folder."""
        self._names: set[str] = set()
        """The names of all tasks so far, written or not."""
        self._sources: dict[str, Path] = {}
        """The source file of each task, by the name of the task."""
        self._latest = ""
        """The name of the task that was handed to the format last."""
        self._open = ""
        """The path of the file that the format writes."""

    def write(self, tasks: Iterable[Columns]) -> None:
        """Write all tasks, each with its attachments."""
        if self.format.write is None:
            return
        options = ConvertOptions(bare=bool(self.plan.request.settings.get("bare", BARE.default)))
        for piece in self.format.write(self._items(tasks), options):
            if isinstance(piece, Chunk):
                self._append(piece)
            elif isinstance(piece, Problem):
                path = self._sources.get(str(piece.place.path), piece.place.path)
                self.problems.append(piece._replace(place=piece.place._replace(path=path)))
                if piece.refuses and not piece.place.pointer:
                    self.tasks.pop(self._latest, None)

    def put(self, path: str, data: bytes) -> None:
        """Write a whole file, and replace a file that the format wrote at the same path."""
        if path in self._paths:
            self._report_duplicate(path)
        self._paths[path] = self._target(path)
        self._paths[path].write_bytes(data)

    def finished(self) -> WrittenExport:
        """Return the manifest of the files, and the problems."""
        files = (WrittenFile.of(self.folder, path) for path in self._paths.values())
        manifest = Manifest(
            kind=self.plan.request.kind,
            tasks=len(self.tasks),
            instances=sum(self.tasks.values()),
            files=tuple(files),
            schema_version=NEWEST,
        )
        return WrittenExport(manifest, tuple(self.problems))

    def _items(self, tasks: Iterable[Columns]) -> Iterator[Item]:
        for columns in tasks:
            task: dict[str, Any] = columns.task
            if columns.name in self._names:
                message = (
                    f"an earlier task has the same name, `{columns.name}`. Rename one of them."
                )
                self.problems.append(Problem(Place(columns.path), "repeated-name", message))
                continue
            self._names.add(columns.name)
            if self.format.keeps_files:
                yield from self._files(columns)
            self._latest = columns.name
            self._sources[columns.name] = columns.path
            self.tasks[columns.name] = len(columns.instances)
            yield task

    def _files(self, columns: Columns) -> Iterator[CompanionFile]:
        source = ConversionSource(path=columns.path, label=columns.path, name=columns.name)
        for found in attachment_files(columns.task, columns.path, columns.root, source):
            if isinstance(found, Problem):
                self.problems.append(found)
            elif found.path == f"{columns.name}.json":
                self._report_duplicate(found.path)
            else:
                yield found

    def _append(self, chunk: Chunk) -> None:
        """Append to the open file, or start the next; a file is never started twice."""
        if chunk.path != self._open:
            if chunk.path in self._paths:
                self.tasks.pop(self._latest, None)
                self._report_duplicate(chunk.path)
                return
            self._open = chunk.path
            self._paths[chunk.path] = self._target(chunk.path)
        with self._paths[chunk.path].open("ab") as file:
            file.write(chunk.data)

    def _target(self, path: str) -> Path:
        target = self.folder / path
        if not target.resolve().is_relative_to(self.folder.resolve()):
            raise DestinationError(f"{path}: is outside the folder. Use another path.")
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _report_duplicate(self, path: str) -> None:
        message = f"`{path}` would be written twice. Rename one of the two."
        self.problems.append(Problem(Place(Path(path)), "repeated-name", message))

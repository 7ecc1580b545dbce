"""Briefings: a text file for each task with its definition."""

from collections.abc import Iterable
from pathlib import Path

from taskschema.collection.export_manifest import Manifest, WrittenFile
from taskschema.export.exporter import Exporter, WrittenExport
from taskschema.schema.columns import Columns
from taskschema.schema.versions import NEWEST


def write(tasks: Iterable[Columns], folder: Path, _plan: object) -> WrittenExport:
    """Write `NAME.txt` for each task."""
    files, instances = [], 0
    for columns in tasks:
        path = folder / f"{columns.name}.txt"
        path.write_text(f"{columns.definition[0]}\n", encoding="utf-8", newline="\n")
        files.append(WrittenFile.of(folder, path))
        instances += len(columns.instances)
    manifest = Manifest(
        kind="briefings",
        tasks=len(files),
        instances=instances,
        files=tuple(files),
        schema_version=NEWEST,
    )
    return WrittenExport(manifest)


EXPORTER = Exporter(write=write)

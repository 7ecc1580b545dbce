"""Task files in their canonical form, in the version that each is in."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from taskschema.collection.collection import Collection
from taskschema.collection.reading import read
from taskschema.core.findings import Finding
from taskschema.core.parallel.workers import LOCAL, Workers
from taskschema.schema import canonical

__all__ = ["Formatted", "format_collection"]


@dataclass(frozen=True, slots=True)
class Formatted:
    """What a file should hold, or why that cannot be told."""

    path: Path
    data: bytes | None = None
    """None where the file holds that already, or has findings."""
    findings: tuple[Finding, ...] = ()


def format_collection(collection: Collection, workers: Workers = LOCAL) -> Iterator[Formatted]:
    """Every file of a collection, in order; none is written."""
    return workers.in_order(partial(_formatted, root=collection.config.root), collection.paths)


def _formatted(path: Path, *, root: Path) -> Formatted:
    reading = read(path, root)
    if reading.document is None or reading.version is None:
        return Formatted(path, findings=reading.findings)
    data = canonical.dumps(reading.document, reading.version)
    return Formatted(path, None if data == reading.raw else data)

"""Canonical form of task files, each in its own schema version."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from taskschema.collection.collection import Collection
from taskschema.collection.reading import Reading
from taskschema.collection.scan import map_readings
from taskschema.core.findings import Finding
from taskschema.core.parallel.workers import LOCAL, Workers
from taskschema.schema import canonical

__all__ = ["Formatted", "format_collection"]


@dataclass(frozen=True, slots=True)
class Formatted:
    """The canonical bytes of one file, or the findings that prevent them."""

    path: Path
    data: bytes | None = None
    """None if the file is canonical already or has findings."""
    findings: tuple[Finding, ...] = ()


def format_collection(collection: Collection, workers: Workers = LOCAL) -> Iterator[Formatted]:
    """Yield the formatted form of every file, in order; nothing is written."""
    return map_readings(collection, _formatted, workers)


def _formatted(reading: Reading) -> Formatted:
    if reading.document is None or reading.version is None:
        return Formatted(reading.path, findings=reading.findings)
    data = canonical.dumps(reading.document, reading.version)
    return Formatted(reading.path, None if data == reading.raw else data)

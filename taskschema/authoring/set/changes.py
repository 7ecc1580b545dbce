"""Changes of metadata in many task files: the selected files and their new content.

Files of older versions are changed if their version has the field. Nothing is written here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import orjson

from taskschema.authoring.amend import amended
from taskschema.authoring.set.assignments import Assignment, assigned
from taskschema.collection.collection import Collection
from taskschema.collection.reading import Reading, read_bytes
from taskschema.collection.scan import map_readings
from taskschema.core.errors import ConfigError
from taskschema.core.findings import Finding
from taskschema.core.parallel.workers import LOCAL, Workers
from taskschema.dataset.filters import Filters
from taskschema.schema import migrate, versions
from taskschema.schema.columns import Columns

__all__ = ["MetadataChange", "changes"]


@dataclass(frozen=True, slots=True)
class MetadataChange:
    """A file that matches the conditions, or is unreadable, with its old and new content."""

    path: Path
    before: bytes
    after: bytes
    """Equal to `before` if nothing changes or the change is refused."""
    refusal: str = ""
    """The reason why the change is refused."""
    findings: tuple[Finding, ...] = ()
    """Findings of an unreadable file."""


def changes(
    collection: Collection,
    assignments: Sequence[Assignment],
    filters: Filters,
    workers: Workers = LOCAL,
) -> Iterator[MetadataChange]:
    """Yield every file of a collection that matches the conditions, in order."""
    change = partial(
        _change, root=collection.config.root, assignments=tuple(assignments), filters=filters
    )
    yield from filter(None, map_readings(collection, change, workers))


def _change(
    reading: Reading, *, root: Path, assignments: Sequence[Assignment], filters: Filters
) -> MetadataChange | None:
    path, before = reading.path, reading.raw
    if reading.document is None:
        return MetadataChange(path, before, before, findings=reading.findings)
    task = reading.upgraded()
    if not filters.accept(Columns(task, raw=before, path=path, root=root)):
        return None
    try:
        after = _content(reading, assigned(task, assignments))
    except ConfigError as error:
        return MetadataChange(path, before, before, str(error))
    return MetadataChange(path, before, after)


def _content(reading: Reading, task: dict[str, object]) -> bytes:
    """Return the content of a file with another task, in the version of the file.

    Raises:
        ConfigError: the version lacks a field, or the task does not fit the schema.
    """
    before, version = reading.upgraded(), reading.version or versions.NEWEST
    if task == before:
        return reading.raw
    if not versions.fits(task, versions.NEWEST):
        first = read_bytes(reading.path, orjson.dumps(task)).findings[0]
        raise ConfigError(f"{first.pointer}: {first.message}")
    document, losses = migrate.downgrade(task, to=version)
    if lost := sorted(set(losses) - set(migrate.downgrade(before, to=version)[1])):
        raise ConfigError(
            f"version {version} has no field for {', '.join(lost)}. "
            f"Run `taskschema migrate {reading.path}` first."
        )
    again = amended(reading, document)
    if again.document is None:
        raise ConfigError(again.findings[0].message)
    return again.raw

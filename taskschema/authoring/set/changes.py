"""Changes of metadata in many task files at once: which files they touch, and what those hold then.

Files of older versions are changed where their version says the same; nothing is written here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import orjson

from taskschema.authoring.amend import amended
from taskschema.authoring.set.assignments import Assignment, assigned
from taskschema.collection.collection import Collection
from taskschema.collection.reading import Reading, read, read_bytes
from taskschema.core.errors import ConfigError
from taskschema.core.findings import Finding
from taskschema.core.parallel.workers import LOCAL, Workers
from taskschema.dataset.filters import Filters
from taskschema.schema import migrate, versions
from taskschema.schema.columns import Columns

__all__ = ["MetadataChange", "changes"]


@dataclass(frozen=True, slots=True)
class MetadataChange:
    """A file that fulfils the conditions, or that cannot be read; what it is and would be."""

    path: Path
    before: bytes
    after: bytes
    """The same, where nothing is to be changed or nothing can be."""
    refusal: str = ""
    """Why the change cannot be made."""
    findings: tuple[Finding, ...] = ()
    """Why the file cannot be read."""


def changes(
    collection: Collection,
    assignments: Sequence[Assignment],
    filters: Filters,
    workers: Workers = LOCAL,
) -> Iterator[MetadataChange]:
    """Every file of a collection that fulfils the conditions, in order; none is written."""
    work = partial(
        _changed, root=collection.config.root, assignments=tuple(assignments), filters=filters
    )
    for change in workers.in_order(work, collection.paths):
        if change:
            yield change


def _changed(
    path: Path, *, root: Path, assignments: Sequence[Assignment], filters: Filters
) -> MetadataChange | None:
    reading = read(path, root)
    if reading.document is None:
        return MetadataChange(path, reading.raw, reading.raw, findings=reading.findings)
    task = reading.upgraded()
    if not filters.accept(Columns(task, raw=reading.raw, path=path, root=root)):
        return None
    try:
        after = _after(reading, assigned(task, assignments))
    except ConfigError as error:
        return MetadataChange(path, reading.raw, reading.raw, str(error))
    return MetadataChange(path, reading.raw, after)


def _after(reading: Reading, task: dict[str, object]) -> bytes:
    """What a file holds with another task in it, in the version it is in.

    Raises:
        ConfigError: the version cannot say it, or it does not fit the schema.
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
            f"version {version} has no word for {', '.join(lost)}. "
            f"`taskschema migrate {reading.path}` first."
        )
    again = amended(reading, document)
    if again.document is None:
        raise ConfigError(again.findings[0].message)
    return again.raw

"""Migrate task files to another schema version, in place or into another folder."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from taskschema.collection.collection import Collection
from taskschema.collection.reading import Reading
from taskschema.collection.scan import map_readings
from taskschema.core.errors import DestinationError
from taskschema.core.findings import Finding
from taskschema.core.parallel.workers import LOCAL, Workers
from taskschema.core.storage.atomic_files import write_atomically
from taskschema.core.storage.paths import is_within, same
from taskschema.core.syntax import strict_json
from taskschema.schema import canonical, migrate, versions

__all__ = ["Rewritten", "rewrite"]


@dataclass(slots=True)
class Rewritten:
    """Result of the migration of several files."""

    written: int = 0
    unchanged: int = 0
    refused: int = 0
    would_lose: int = 0
    """Number of refused files with fields that the older version lacks."""
    findings: list[Finding] = field(default_factory=list)
    """Findings of unreadable files."""
    failures: list[str] = field(default_factory=list)
    """Errors of files that could not be written."""
    notes: list[str] = field(default_factory=list)
    """Losses, and names that the target version does not allow."""


def rewrite(
    collection: Collection,
    paths: Sequence[Path],
    *,
    to: int,
    output: Path | None = None,
    lossy: bool = False,
    workers: Workers = LOCAL,
) -> Rewritten:
    """Migrate every readable file; each is written completely or not at all.

    Args:
        collection: the files.
        paths: the files and folders given; below `output`, files keep their path relative to them.
        to: the target version.
        output: the output folder; None replaces the files in place.
        lossy: replace files in place even if fields are lost.
        workers: migrate the files, which this process then writes.

    Raises:
        DestinationError: two files would be written to the same path.
    """
    targets = {path: _target(path, paths, output) for path in collection.paths}
    if len(set(targets.values())) < len(targets):
        raise DestinationError(
            f"{output}: two files would get the same name. Migrate them separately."
        )
    result = Rewritten()
    for migrated in map_readings(collection, partial(_migrated, to=to), workers):
        try:
            _write_unless_lossy(migrated, targets[migrated.path], to, result, lossy=lossy)
        except DestinationError as error:
            result.refused += 1
            result.failures.append(str(error))
    return result


@dataclass(frozen=True, slots=True)
class _Migrated:
    """One file in the target version."""

    path: Path
    data: bytes | None = None
    """None if `findings` or `note` says why there is no result."""
    is_unchanged: bool = False
    losses: Sequence[str] = ()
    findings: tuple[Finding, ...] = ()
    note: str = ""


def _migrated(reading: Reading, *, to: int) -> _Migrated:
    path = reading.path
    if reading.document is None:
        return _Migrated(path, findings=reading.findings)
    if reading.version == to:
        return _Migrated(path, reading.raw, is_unchanged=True)
    document, losses = migrate.downgrade(reading.upgraded(), to=to)
    note = ""
    if not versions.fits(document, to):
        (first, *_) = versions.breaches(document, to)
        note = (
            f"{path}: version {to} does not allow the value of {first.pointer}: {first.value!r}. "
            "Rename the file: lower-case letters and digits, separated by single . _ or -."
        )
    elif strict_json.parse(data := canonical.dumps(document, to))[1]:
        note = f"{path}: nested too deeply for version {to}. Flatten its values."
    return _Migrated(path, None if note else data, losses=losses, note=note)


def _write_unless_lossy(
    migrated: _Migrated, target: Path, to: int, result: Rewritten, *, lossy: bool
) -> None:
    """Write a file and count it, unless it would replace an original and lose fields."""
    if migrated.findings:
        result.refused += 1
        result.findings += migrated.findings
        return
    in_place = target.exists() and same(target, migrated.path)
    if migrated.losses:
        keeps_original = lossy or not in_place
        verb = "loses" if keeps_original else "would lose"
        result.notes.append(f"{migrated.path}: version {to} {verb} {', '.join(migrated.losses)}")
        if not keeps_original:
            result.refused += 1
            result.would_lose += 1
            return
    if migrated.data is None:
        result.refused += 1
        result.notes.append(migrated.note)
    elif migrated.is_unchanged:
        if not in_place:
            _write(target, migrated.data)
        result.unchanged += 1
    else:
        _write(target, migrated.data, in_place=in_place)
        result.written += 1


def _target(path: Path, paths: Sequence[Path], output: Path | None) -> Path:
    if output is None:
        return path
    for start in paths:
        if is_within(path, start) and start.is_dir():
            return output / path.relative_to(start)
    return output / path.name


def _write(target: Path, data: bytes, *, in_place: bool = False) -> None:
    """Write a file in place or to a new path; never replace another file."""
    if target.exists() and not in_place and target.read_bytes() != data:
        raise DestinationError(
            f"{target}: already exists with other content. Give another folder with --output."
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DestinationError(f"{target}: cannot be written: {error.strerror}") from error
    write_atomically(target, data)

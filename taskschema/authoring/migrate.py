"""Write task files in another schema version: over themselves, or into another folder."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from taskschema.collection.collection import Collection
from taskschema.collection.reading import read
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
    """What a migration of several files did."""

    written: int = 0
    unchanged: int = 0
    refused: int = 0
    would_lose: int = 0
    """How many of those refused an older version cannot say whole."""
    findings: list[Finding] = field(default_factory=list)
    """Why files could not be read."""
    failures: list[str] = field(default_factory=list)
    """Files that could not be written."""
    notes: list[str] = field(default_factory=list)
    """What was lost or would be, and names that the wanted version does not take."""


def rewrite(
    collection: Collection,
    paths: Sequence[Path],
    *,
    to: int,
    output: Path | None = None,
    lossy: bool = False,
    workers: Workers = LOCAL,
) -> Rewritten:
    """Migrate every file that can be read; each is written whole or not at all.

    Args:
        collection: the files.
        paths: what they were found under; below `output` they keep their place relative to it.
        to: the version wanted.
        output: a folder; without it the files themselves are replaced.
        lossy: replace files even with what an older version cannot say whole.
        workers: who migrate the files; they are written here.

    Raises:
        DestinationError: two files would be written to one place.
    """
    targets = {path: _target(path, paths, output) for path in collection.paths}
    if len(set(targets.values())) < len(targets):
        raise DestinationError(f"{output}: two files would get one name. Migrate them apart.")
    result = Rewritten()
    work = partial(_migrated, root=collection.config.root, to=to)
    for migrated in workers.in_order(work, collection.paths):
        try:
            _put(migrated, targets[migrated.path], to, result, lossy=lossy)
        except DestinationError as error:
            result.refused += 1
            result.failures.append(str(error))
    return result


@dataclass(frozen=True, slots=True)
class _Migrated:
    """One file in another version, as far as that can be had."""

    path: Path
    data: bytes | None = None
    """None where there is none, for the findings or for what is noted."""
    is_unchanged: bool = False
    losses: Sequence[str] = ()
    findings: tuple[Finding, ...] = ()
    note: str = ""


def _migrated(path: Path, *, root: Path, to: int) -> _Migrated:
    reading = read(path, root)
    if reading.document is None:
        return _Migrated(path, findings=reading.findings)
    if reading.version == to:
        return _Migrated(path, reading.raw, is_unchanged=True)
    document, losses = migrate.downgrade(reading.upgraded(), to=to)
    note = ""
    if not versions.fits(document, to):
        (first, *_) = versions.breaches(document, to)
        note = (
            f"{path}: version {to} does not take its {first.pointer}: {first.value!r}. "
            "Rename the file in lower case, with digits and single . _ or - between."
        )
    elif strict_json.parse(data := canonical.dumps(document, to))[1]:
        note = f"{path}: too deep for version {to}. Flatten its values."
    return _Migrated(path, None if note else data, losses=losses, note=note)


def _put(migrated: _Migrated, target: Path, to: int, result: Rewritten, *, lossy: bool) -> None:
    """Write a file, unless it is there already or would say less than the original."""
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
    """Write a file over its own old version, or where there is none, and never over another."""
    if target.exists() and not in_place and target.read_bytes() != data:
        raise DestinationError(f"{target}: exists and is another file. Name another folder.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DestinationError(f"{target}: cannot be written: {error.strerror}") from error
    write_atomically(target, data)

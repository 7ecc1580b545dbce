"""Faults that a machine can mend, mended in the text of the file, in the version it is in.

Edits that touch one thing are made one after the other: the file is judged again until nothing is
left to mend. What comes out is read back, and must be the document with just these edits.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from taskschema.collection.collection import Collection
from taskschema.collection.reading import Reading, read, read_bytes
from taskschema.core.findings import Applicability, Edit, Finding
from taskschema.core.parallel.collector import uncollected
from taskschema.core.storage.atomic_files import identity
from taskschema.core.syntax.json_edits import Claims, applied, edited
from taskschema.gate.check import CheckOptions, profile_of
from taskschema.gate.file_check import check_file
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import FileRule
from taskschema.rules.selection import Selection
from taskschema.schema.profiles import Profile

__all__ = ["Fixed", "fix_bytes", "fix_collection", "fix_given"]

MOST_ROUNDS = 100


@dataclass(slots=True)
class Fixed:
    """A file before and after, and how many findings of each code were mended."""

    path: Path
    before: bytes
    after: bytes
    counts: Counter[str] = field(default_factory=Counter)


def fix_collection(
    collection: Collection, options: CheckOptions, *, unsafe: bool = False
) -> Iterator[Fixed]:
    """Every file of a collection that has something to mend; none is written.

    Args:
        collection: the files, and what is excused in them.
        options: the findings to mend.
        unsafe: make also fixes that merge, drop or choose.
    """
    paths = collection.paths
    if options.changed is not None:
        paths = tuple(path for path in paths if identity(path) in options.changed)
    work = partial(_fixed_file, job=_job(collection, options, unsafe=unsafe))
    for fixed in options.workers.each(work, paths):
        if fixed:
            yield fixed


def fix_given(
    collection: Collection, raw: bytes, options: CheckOptions, *, unsafe: bool = False
) -> Iterator[Fixed]:
    """The same for the only file of a collection, which would hold the bytes that are given."""
    if fixed := _fixed(collection.paths[0], raw, _job(collection, options, unsafe=unsafe)):
        yield fixed


def fix_bytes(
    path: Path,
    raw: bytes,
    *,
    root: Path,
    profile: Profile,
    wanted: Callable[[Finding], bool],
) -> Fixed:
    """What a task file should hold once all that is wanted is mended.

    Args:
        path: of the file; it is neither read nor written.
        raw: what it holds.
        root: the folder that nothing of the task may leave.
        profile: the thresholds to judge by.
        wanted: tells which findings that have a fix to mend.
    """
    result = Fixed(path, raw, raw)
    for _ in range(MOST_ROUNDS):
        with uncollected():
            reading = read_bytes(path, result.after)
            found = check_file(reading, root, profile).findings
            mendable = [finding for finding in found if finding.fix and wanted(finding)]
            if not _mend(reading, result, mendable) and not _edit(reading, result, mendable):
                break
    return result


@dataclass(frozen=True, slots=True)
class _Job:
    """What to mend, and how."""

    root: Path
    profile: Profile
    selection: Selection
    excused: Mapping[str, frozenset[str]]
    """The codes that are excused in a task, by its name."""
    unsafe: bool

    def wants(self, path: Path, finding: Finding) -> bool:
        """Whether a finding is to be mended."""
        is_safe = finding.fix is not None and finding.fix.applicability is Applicability.SAFE
        kept = self.excused.get(path.stem, ())
        return (
            (is_safe or self.unsafe)
            and self.selection.takes(finding.code)
            and finding.code not in kept
        )


def _job(collection: Collection, options: CheckOptions, *, unsafe: bool) -> _Job:
    config = collection.config
    excused: dict[str, frozenset[str]] = {}
    for waiver in config.waivers:
        excused[waiver.task] = excused.get(waiver.task, frozenset()) | {waiver.code}
    selection = options.selection or config.selection
    return _Job(config.root, profile_of(collection, options), selection, excused, unsafe)


def _fixed_file(path: Path, job: _Job) -> Fixed | None:
    return _fixed(path, read(path, job.root).raw, job)


def _fixed(path: Path, raw: bytes, job: _Job) -> Fixed | None:
    """What `fix_bytes` makes of a file, or None where it changes nothing."""
    wanted = partial(job.wants, path)
    fixed = fix_bytes(path, raw, root=job.root, profile=job.profile, wanted=wanted)
    return fixed if fixed.after != fixed.before else None


def _mend(reading: Reading, result: Fixed, mendable: Iterable[Finding]) -> bool:
    """Whether a fault of the bytes was mended."""
    codes = {finding.code for finding in mendable}
    for rule in rules_of(FileRule):
        if rule.code in codes and rule.repair:
            after = rule.repair(reading.raw)
            if after != reading.raw:
                result.after = after
                result.counts[rule.code] += 1
                return True
    return False


def _edit(reading: Reading, result: Fixed, mendable: Iterable[Finding]) -> bool:
    """Whether edits were made; of those that touch one thing, only the first."""
    claims, chosen, counts = Claims(), list[Edit](), Counter[str]()
    for finding in mendable:
        edits = finding.fix.edits if finding.fix else ()
        if edits and claims.take(edits):
            chosen += edits
        elif not claims.has(edits):
            continue
        counts[finding.code] += 1
    if not chosen:
        return False
    after = edited(reading.raw.decode(), chosen).encode()
    again = read_bytes(reading.path, after)
    # An edit that makes something else of the file than it says is a fault of ours: leave it.
    if again.document != applied(reading.document, chosen) or again.version != reading.version:
        return False
    result.after = after
    result.counts += counts
    return True

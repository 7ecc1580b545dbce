"""Applies fixes to the text of task files, in the schema version of each file.

Edits that touch the same value are applied one after the other: the file is checked again until
no fix applies. The result is read back, and must be the document with exactly these edits.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from taskschema.collection.collection import Collection
from taskschema.collection.reading import Reading, read, read_bytes
from taskschema.core.errors import DestinationError
from taskschema.core.findings import Applicability, Edit, Finding
from taskschema.core.parallel.garbage_collection import gc_paused
from taskschema.core.storage.atomic_files import identity, write_atomically
from taskschema.core.syntax.json_edits import Claims, apply_edits, edit_text
from taskschema.core.text.printing import several
from taskschema.gate.check import CheckOptions, profile_of
from taskschema.gate.file_check import check_file
from taskschema.gate.target import CheckTarget
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import FileRule
from taskschema.rules.selection import Selection
from taskschema.schema.profiles import Profile

__all__ = ["FixOutcome", "Fixed", "fix_bytes", "fixed_files", "write_fixes"]

MOST_ROUNDS = 100


@dataclass(slots=True)
class Fixed:
    """A file before and after, and how many findings of each code were fixed."""

    path: Path
    before: bytes
    after: bytes
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class FixOutcome:
    """The result of writing fixes."""

    target: CheckTarget
    """What to check now."""
    files: int
    """How many files were fixed."""
    counts: Mapping[str, int]
    """How many findings of each code were fixed."""
    failures: tuple[str, ...]
    """Files that could not be written, a line each."""

    @property
    def summary(self) -> str:
        """One line; empty if nothing was fixed."""
        if not self.files:
            return ""
        codes = ", ".join(f"{count:,} {code}" for code, count in sorted(self.counts.items()))
        findings = several(sum(self.counts.values()), "finding")
        return f"Fixed {findings} in {several(self.files, 'file')} ({codes})."


def write_fixes(target: CheckTarget, options: CheckOptions, *, unsafe: bool = False) -> FixOutcome:
    """Fix the files of a target in place; the bytes of standard input come back in the target.

    Args:
        target: the files.
        options: the findings to fix.
        unsafe: also apply fixes that merge, drop or choose.
    """
    counts: Counter[str] = Counter()
    failures: list[str] = []
    files = 0
    for fixed in fixed_files(target, options, unsafe=unsafe):
        if target.raw is not None:
            target = replace(target, raw=fixed.after)
        elif failure := _write(fixed):
            failures.append(failure)
            continue
        counts += fixed.counts
        files += 1
    return FixOutcome(target=target, files=files, counts=counts, failures=tuple(failures))


def _write(fixed: Fixed) -> str:
    """Write one file; return why it cannot be written, or an empty text."""
    if fixed.path.read_bytes() != fixed.before:
        return f"{fixed.path}: was changed by another program in the meantime; not fixed."
    try:
        write_atomically(fixed.path, fixed.after)
    except DestinationError as error:
        return str(error)
    return ""


def fixed_files(
    target: CheckTarget, options: CheckOptions, *, unsafe: bool = False
) -> Iterator[Fixed]:
    """Yield every file of a target that fixes change; none is written.

    Args:
        target: the files.
        options: the findings to fix.
        unsafe: also apply fixes that merge, drop or choose.
    """
    collection = target.collection
    job = _job(collection, options, unsafe=unsafe)
    if target.raw is not None:
        if fixed := _fixed(collection.paths[0], target.raw, job):
            yield fixed
        return
    paths = collection.paths
    if options.changed is not None:
        paths = tuple(path for path in paths if identity(path) in options.changed)
    for fixed in options.workers.each(partial(_fixed_file, job=job), paths):
        if fixed:
            yield fixed


def fix_bytes(
    path: Path,
    raw: bytes,
    *,
    root: Path,
    profile: Profile,
    requested: Callable[[Finding], bool],
) -> Fixed:
    """Return a task file with all requested fixes applied.

    Args:
        path: the file; it is neither read nor written.
        raw: its bytes.
        root: the folder that nothing of the task may leave.
        profile: the thresholds of the check.
        requested: whether to fix a finding that has a fix.
    """
    result = Fixed(path, raw, raw)
    for _ in range(MOST_ROUNDS):
        with gc_paused():
            reading = read_bytes(path, result.after)
            found = check_file(reading, root, profile).findings
            fixable = [finding for finding in found if finding.fix and requested(finding)]
            if not _fix_bytes(reading, result, fixable) and not _edit(reading, result, fixable):
                break
    return result


@dataclass(frozen=True, slots=True)
class _Job:
    """What to fix, and how."""

    root: Path
    profile: Profile
    selection: Selection
    waived: Mapping[str, frozenset[str]]
    """Waived codes by task name."""
    unsafe: bool

    def requests(self, path: Path, finding: Finding) -> bool:
        """Whether to fix a finding."""
        is_safe = finding.fix is not None and finding.fix.applicability is Applicability.SAFE
        kept = self.waived.get(path.stem, ())
        return (
            (is_safe or self.unsafe)
            and self.selection.takes(finding.code)
            and finding.code not in kept
        )


def _job(collection: Collection, options: CheckOptions, *, unsafe: bool) -> _Job:
    config = collection.config
    waived: dict[str, frozenset[str]] = {}
    for waiver in config.waivers:
        waived[waiver.task] = waived.get(waiver.task, frozenset()) | {waiver.code}
    selection = options.selection or config.selection
    return _Job(config.root, profile_of(config, options), selection, waived, unsafe)


def _fixed_file(path: Path, job: _Job) -> Fixed | None:
    return _fixed(path, read(path, job.root).raw, job)


def _fixed(path: Path, raw: bytes, job: _Job) -> Fixed | None:
    """Return the fixed file, or None if nothing changes."""
    requested = partial(job.requests, path)
    fixed = fix_bytes(path, raw, root=job.root, profile=job.profile, requested=requested)
    return fixed if fixed.after != fixed.before else None


def _fix_bytes(reading: Reading, result: Fixed, fixable: Iterable[Finding]) -> bool:
    """Fix the first error in the bytes; return whether there was one."""
    codes = {finding.code for finding in fixable}
    for rule in rules_of(FileRule):
        if rule.code in codes and rule.repair:
            after = rule.repair(reading.raw)
            if after != reading.raw:
                result.after = after
                result.counts[rule.code] += 1
                return True
    return False


def _edit(reading: Reading, result: Fixed, fixable: Iterable[Finding]) -> bool:
    """Apply edits, only the first of those that touch the same value; return whether any."""
    claims, chosen, counts = Claims(), list[Edit](), Counter[str]()
    for finding in fixable:
        edits = finding.fix.edits if finding.fix else ()
        if edits and claims.take(edits):
            chosen += edits
        elif not claims.has(edits):
            continue
        counts[finding.code] += 1
    if not chosen:
        return False
    after = edit_text(reading.raw.decode(), chosen).encode()
    again = read_bytes(reading.path, after)
    # An edit with any other effect is a bug of taskschema: leave the file as it is.
    if again.document != apply_edits(reading.document, chosen) or again.version != reading.version:
        return False
    result.after = after
    result.counts += counts
    return True

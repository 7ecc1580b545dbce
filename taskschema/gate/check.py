"""Check a collection: every finding of every file at once, each with its place and its fix.

The way of one check, from top to bottom:

    collection -> its surroundings: split lists, task listing, names taken on the base branch
    each file  -> bytes -> document -> columns -> findings and a digest     (`file_check`)
    digests    -> findings of the rules on the collection                   (`collection_check`)
    counts     -> findings waived, findings on the waivers themselves       (`waivers`)
    all of it  -> one report

A file that cannot be read hides no other file.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from taskschema.collection.collection import Collection, collect
from taskschema.collection.config import Config
from taskschema.collection.reading import read, read_bytes
from taskschema.collection.surroundings import Surroundings, surroundings_of
from taskschema.core.errors import ConfigError
from taskschema.core.findings import Finding, Report, Tally, tally
from taskschema.core.parallel.garbage_collection import gc_paused
from taskschema.core.parallel.workers import LOCAL, Workers
from taskschema.core.storage.atomic_files import identity
from taskschema.core.storage.paths import is_remote, location
from taskschema.gate.cache import Cache, CachedCheck
from taskschema.gate.change_detection import Stamp, digest_of, rule_set
from taskschema.gate.collection_check import check_together, overview_of
from taskschema.gate.file_check import FileCheck, check_file
from taskschema.gate.target import CheckTarget
from taskschema.gate.waivers import waived, waiver_findings
from taskschema.rules.collection_context import CollectionContext, TaskDigest
from taskschema.rules.registry import all_rules
from taskschema.rules.rule_findings import display_path
from taskschema.rules.selection import Selection
from taskschema.schema.profiles import PROFILES, Profile

__all__ = ["CheckOptions", "check", "check_bytes", "check_collection", "check_target", "profile_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """How to check a collection; None takes the value of its `taskschema.toml`."""

    profile: str | None = None
    selection: Selection | None = None
    most: int | None = None
    """How many findings of one rule in one file to report; all by default."""
    changed: frozenset[Path] | None = None
    """Report only findings that came with these files, named as by `atomic_files.identity`."""
    base: str | None = None
    """A git revision: names that tasks took there since this branch started are taken."""
    cache: bool = True
    """Whether to use and update the cache of earlier runs."""
    workers: Workers = LOCAL


def check(
    *paths: str | Path,
    profile: str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Report:
    """Check task files and folders of task files.

    Args:
        paths: files, folders or remote URLs; the current folder by default.
        profile: a name in `profiles.PROFILES`; by default the one of `taskschema.toml`.
        select: rule codes or prefixes of codes; by default those of `taskschema.toml`, else all.
        ignore: rule codes or prefixes of codes not to report.

    Raises:
        NoTasksError: a path does not exist or holds no task files.
        ConfigError: `taskschema.toml` does not fit its schema, or a profile or code is unknown.
    """
    collection = collect([location(path) for path in paths] or [Path()])
    selection = None
    if select or ignore:
        selection = Selection(select=tuple(select), ignore=tuple(ignore))
    options = CheckOptions(profile=profile, selection=selection, cache=False)
    return check_collection(collection, options)


def check_collection(collection: Collection, options: CheckOptions | None = None) -> Report:
    """Check the files of a collection, and the collection as a whole.

    Raises:
        ConfigError: the profile is unknown.
        RevisionError: `options.base` cannot be compared with.
    """
    options = options or CheckOptions()
    config, paths = collection.config, collection.paths
    profile = profile_of(config, options)
    surroundings = surroundings_of(collection, options.base)
    cache = _cache(config, options)

    files = _check_files(paths, config.root, profile, options, cache)
    together = _check_together(files, surroundings, config, cache, options)
    if cache:
        cache.save()
    return _report(files, together, surroundings, config, options)


def check_target(target: CheckTarget, options: CheckOptions) -> Report:
    """Check the files of a target, or the bytes of standard input."""
    if target.raw is None:
        return check_collection(target.collection, options)
    return check_bytes(target.paths[0], target.raw, target.collection, options)


def check_bytes(path: Path, raw: bytes, collection: Collection, options: CheckOptions) -> Report:
    """Check the bytes of one task file by itself; `path` need not exist."""
    config = collection.config
    with gc_paused():
        profile = profile_of(config, options)
        found = check_file(read_bytes(path, raw), config.root, profile, options.most)
    files = [_CheckedFile(path, found, in_scope=_in_scope(path, options))]
    return _report(files, (), surroundings_of(collection), config, options)


def profile_of(config: Config, options: CheckOptions) -> Profile:
    """Return the thresholds that a collection is checked by.

    Raises:
        ConfigError: there is no such profile.
    """
    name = options.profile or config.profile
    if name not in PROFILES:
        raise ConfigError(f"profile {name!r} is not one of {', '.join(PROFILES)}.")
    return PROFILES[name]


def _cache(config: Config, options: CheckOptions) -> Cache | None:
    # A remote file has no stamp that proves it unchanged.
    if not options.cache or is_remote(config.root):
        return None
    return Cache(config.root, rule_set(options.profile or config.profile))


@dataclass(frozen=True, slots=True)
class _CheckedFile:
    """One file and its check, made in this run or by an earlier one."""

    path: Path
    found: FileCheck
    cached: CachedCheck | None = None
    is_from_cache: bool = False
    in_scope: bool = True
    """Whether its findings are requested."""

    def digest(self) -> TaskDigest | None:
        """What the rules on the collection see of the file; None if it is not a task."""
        if self.is_from_cache and self.cached:
            return self.cached.digested(self.path)
        return self.found.entry


def _check_files(
    paths: Sequence[Path], root: Path, profile: Profile, options: CheckOptions, cache: Cache | None
) -> list[_CheckedFile]:
    """Check each file by itself, in the order of the paths; unchanged files from the cache."""
    most = options.most
    done: dict[Path, _CheckedFile] = {}
    for path in paths if cache else ():
        if cache and (cached := cache.get(path, most)):
            found = cached.judged(path, most)
            done[path] = _CheckedFile(path, found, cached, is_from_cache=True)
    missing = [path for path in paths if path not in done]
    if missing:
        all_rules()  # imported once, and inherited by every worker
    key = cache.key if cache else b""
    work = partial(_check_path, root=root, profile=profile, most=most, key=key)
    for path, found, stamp, digest in options.workers.each(work, missing):
        kept = CachedCheck.of(stamp, digest, most, found) if stamp else None
        if cache and kept:
            cache.put(path, kept)
        done[path] = _CheckedFile(path, found, kept)
    return [replace(done[path], in_scope=_in_scope(path, options)) for path in paths]


def _check_path(
    path: Path, *, root: Path, profile: Profile, most: int | None, key: bytes
) -> tuple[Path, FileCheck, Stamp | None, bytes]:
    """Check one file; with a stamp and a digest if there is a key and the result may be cached."""
    stamp = Stamp.of(path) if key else None
    try:
        with gc_paused():
            reading = read(path, root, only_look=True)
            found = check_file(reading, root, profile, most)
    except Exception as error:
        # A bug of taskschema: its report has to name the file that shows it.
        raise RuntimeError(f"{display_path(path)}: {type(error).__name__}: {error}") from error
    if stamp is None or not found.is_lasting or (after := Stamp.of(path)) is None:
        return path, found, None, b""
    same = replace(after, seen=stamp.seen) == stamp
    return path, found, stamp if same else None, digest_of(reading.raw, key)


def _check_together(
    files: Sequence[_CheckedFile],
    surroundings: Surroundings,
    config: Config,
    cache: Cache | None,
    options: CheckOptions,
) -> list[Finding]:
    """Run the rules on the collection; if nothing changed, return what they found before."""
    key = b""
    if cache and all(file.cached for file in files):
        digests = [(display_path(file.path), file.cached.digest) for file in files if file.cached]
        scope = None if options.changed is None else sorted(options.changed)
        parts = (cache.rules, surroundings, config.splits, digests, scope)
        key = hashlib.sha256(repr(parts).encode()).digest()
        if (found := cache.get_together(key)) is not None:
            return found
    tasks = [task for file in files if (task := file.digest())]
    unread = frozenset(file.path.stem for file in files if file.digest() is None)
    overview = overview_of(tasks, unread, surroundings, config.splits)
    with gc_paused():
        found = list(check_together(overview, config.root))
        if options.changed is not None:
            before = _without_changed(overview, files)
            known = set(map(_about, check_together(before, config.root)))
            found = [finding for finding in found if _about(finding) not in known]
    if cache and key:
        cache.put_together(key, found)
    return found


def _without_changed(
    overview: CollectionContext, files: Iterable[_CheckedFile]
) -> CollectionContext:
    """What the rules on the collection would see without the changed files."""
    gone = {file.path.as_posix() for file in files if file.in_scope}
    others = tuple(task for task in overview.tasks if task.path not in gone)
    return replace(overview, tasks=others, complete=False)


def _about(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.path, finding.message


def _report(
    files: Sequence[_CheckedFile],
    together: Sequence[Finding],
    surroundings: Surroundings,
    config: Config,
    options: CheckOptions,
) -> Report:
    """Return the requested findings, without those that are waived."""
    selection = options.selection or config.selection
    in_scope = [file for file in files if file.in_scope]
    has_waivers = config.path is not None and _in_scope(config.path, options)
    findings, tallies = list(together), Counter(map(tally, together))
    for file in in_scope:
        findings += file.found.findings
        for code, severity, count in file.found.counts:
            tallies[Tally(display_path(file.path), code, severity)] += count
    excused = waived(config.waivers, tallies)
    if has_waivers:
        checked = {file.path.stem for file in files}
        of_waivers = waiver_findings(config, tallies, selection, checked, surroundings.names)
        findings += of_waivers
        tallies.update(map(tally, of_waivers))
    requested = {
        about: count
        for about, count in tallies.items()
        if about not in excused and selection.takes(about.code)
    }
    reported = [finding for finding in findings if tally(finding) in requested]
    return Report.of(len(in_scope), reported, requested)


def _in_scope(path: Path, options: CheckOptions) -> bool:
    """Whether the findings in a file are requested."""
    return options.changed is None or identity(path) in options.changed

"""The gate: every fault of every file, at once, with its place and its cure.

A file that cannot be read hides no other; rules on the collection see all that could be read.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from taskschema.collection.collection import Collection, collect
from taskschema.collection.reading import read, read_bytes
from taskschema.collection.splits.policy import plan
from taskschema.core.errors import ConfigError
from taskschema.core.findings import Finding, Report, Tally, tally
from taskschema.core.parallel.collector import uncollected
from taskschema.core.parallel.workers import LOCAL, Workers
from taskschema.core.storage.atomic_files import identity
from taskschema.core.storage.paths import is_remote, location, path_of
from taskschema.gate import waivers
from taskschema.gate.base_branch import names_taken
from taskschema.gate.cache import Cache, CachedCheck, Stamp, digest_of, rule_set
from taskschema.gate.collection_check import check_together, surroundings
from taskschema.gate.file_check import FileCheck, check_file
from taskschema.rules.collection_context import TaskDigest
from taskschema.rules.registry import all_rules
from taskschema.rules.rule_findings import display_path
from taskschema.rules.selection import Selection
from taskschema.schema.profiles import PROFILES, Profile

__all__ = ["CheckOptions", "check", "check_bytes", "check_collection", "profile_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """How to check a collection; what is None is taken from its settings."""

    profile: str | None = None
    selection: Selection | None = None
    most: int | None = None
    """Of how many findings of one rule in one file to tell; all by default."""
    changed: frozenset[Path] | None = None
    """As `files.identity` names them: only faults that came with these files are wanted."""
    base: str | None = None
    """A revision of git: names that tasks took there since this branch began are taken."""
    cache: bool = True
    """Whether what an earlier run found may be used, and what this one finds is kept."""
    workers: Workers = LOCAL


def check(
    *paths: str | Path,
    profile: str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Report:
    """Judge task files and folders of them.

    Args:
        paths: files or folders, or addresses of them; without any, the current folder.
        profile: a name in `profiles.PROFILES`; else what `taskschema.toml` says.
        select: codes of rules, or how they begin; else what `taskschema.toml` says, else all.
        ignore: codes likewise, of what is not to be told.

    Raises:
        NoTasksError: a path does not exist or holds no task files.
        ConfigError: `taskschema.toml` does not fit its schema, or there is no such profile or code.
    """
    collection = collect([location(path) for path in paths] or [Path()])
    selection = None
    if select or ignore:
        selection = Selection(select=tuple(select), ignore=tuple(ignore))
    options = CheckOptions(profile=profile, selection=selection, cache=False)
    return check_collection(collection, options)


def check_bytes(path: Path, raw: bytes, collection: Collection, options: CheckOptions) -> Report:
    """Judge what a file would hold, by itself; `path` need not exist."""
    profile = profile_of(collection, options)
    with uncollected():
        judged = check_file(read_bytes(path, raw), collection.config.root, profile, options.most)
    return _report(collection, [(path, judged)], (), options)


def check_collection(collection: Collection, options: CheckOptions | None = None) -> Report:
    """Judge the files of a collection.

    Raises:
        ConfigError: there is no such profile.
    """
    options = options or CheckOptions()
    root = collection.config.root
    profile = profile_of(collection, options)
    name = options.profile or collection.config.profile
    # Elsewhere nothing tells for sure that a file is what it was.
    cache = Cache(root, rule_set(name)) if options.cache and not is_remote(root) else None
    kept: dict[Path, CachedCheck] = {}
    if cache:
        found = ((path, cache.get(path, options.most)) for path in collection.paths)
        kept = {path: seen for path, seen in found if seen}
    judgements = [(path, seen.judged(path, options.most)) for path, seen in kept.items()]
    entries: dict[Path, TaskDigest | None] = {}
    missing = [path for path in collection.paths if path not in kept]
    if missing:
        all_rules()  # imported once, and inherited by every worker
    key = cache.key if cache else b""
    work = partial(_judged, root=root, profile=profile, most=options.most, key=key)
    for path, judged, stamp, digest in options.workers.each(work, missing):
        judgements.append((path, judged))
        entries[path] = judged.entry
        if cache and stamp:
            kept[path] = CachedCheck.of(stamp, digest, options.most, judged)
            cache.put(path, kept[path])
    together = _together(collection, kept, entries, options, cache)
    if cache:
        cache.save()
    return _report(collection, judgements, together, options)


def _judged(
    path: Path, *, root: Path, profile: Profile, most: int | None, key: bytes
) -> tuple[Path, FileCheck, Stamp | None, bytes]:
    """Judge one file; with a stamp and a digest if there is a key, and it may be kept."""
    stamp = Stamp.of(path) if key else None
    try:
        with uncollected():
            reading = read(path, root, only_look=True)
            judged = check_file(reading, root, profile, most)
    except Exception as error:
        # A fault of ours; whoever reports it has to know in which file it shows.
        raise RuntimeError(f"{display_path(path)}: {type(error).__name__}: {error}") from error
    if stamp is None or not judged.is_lasting or (after := Stamp.of(path)) is None:
        return path, judged, None, b""
    same = replace(after, seen=stamp.seen) == stamp
    return path, judged, stamp if same else None, digest_of(reading.raw, key)


def profile_of(collection: Collection, options: CheckOptions) -> Profile:
    """The thresholds to judge a collection by.

    Raises:
        ConfigError: there is no such profile.
    """
    name = options.profile or collection.config.profile
    if name not in PROFILES:
        raise ConfigError(f"profile {name!r} is none of {', '.join(PROFILES)}.")
    return PROFILES[name]


def _together(
    collection: Collection,
    kept: dict[Path, CachedCheck],
    entries: dict[Path, TaskDigest | None],
    options: CheckOptions,
    cache: Cache | None,
) -> list[Finding]:
    """What rules on the collection find; where nothing changed, what they found before."""
    overview, changed = surroundings(collection), options.changed
    if options.base is not None:
        overview = replace(overview, taken=names_taken(collection, options.base))
    key = b""
    if cache and len(kept) == len(collection):
        files = [(display_path(path), kept[path].digest) for path in collection.paths]
        policy = collection.config.splits
        parts = (cache.rules, overview, policy, files, sorted(changed or ()), changed is None)
        key = hashlib.sha256(repr(parts).encode()).digest()
        if (found := cache.get_together(key)) is not None:
            return found
    read = {
        path: entries[path] if path in entries else kept[path].digested(path)
        for path in collection.paths
    }
    overview = replace(
        overview,
        tasks=tuple(sorted(filter(None, read.values()), key=lambda entry: entry.path)),
        unread=frozenset(path.stem for path, entry in read.items() if entry is None),
    )
    if collection.config.splits and overview.complete and not overview.unread:
        overview = replace(overview, planned=plan(collection.config.splits, overview.tasks))
    root = collection.config.root
    with uncollected():
        found = list(check_together(overview, root))
        if changed is not None:
            others = (
                task for task in overview.tasks if identity(path_of(task.path)) not in changed
            )
            before = replace(overview, tasks=tuple(others), complete=False)
            old = set(map(_about, check_together(before, root)))
            found = [finding for finding in found if _about(finding) not in old]
    if cache and key:
        cache.put_together(key, found)
    return found


def _about(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.path, finding.message


def _report(
    collection: Collection,
    judgements: Iterable[tuple[Path, FileCheck]],
    together: Sequence[Finding],
    options: CheckOptions,
) -> Report:
    """What is wanted of all that was found, without what is excused."""
    config, changed = collection.config, options.changed
    selection = options.selection or config.selection
    findings, tallies = list(together), Counter(map(tally, together))
    for path, judged in judgements:
        if changed is None or identity(path) in changed:
            findings += judged.findings
            for code, severity, count in judged.counts:
                tallies[Tally(display_path(path), code, severity)] += count
    excused = waivers.excused(config.waivers, tallies)
    if config.path and (changed is None or identity(config.path) in changed):
        about_waivers = list(waivers.judged(collection, tallies, selection))
        findings += about_waivers
        tallies.update(map(tally, about_waivers))
    wanted = {
        about: count
        for about, count in tallies.items()
        if about not in excused and selection.takes(about.code)
    }
    told = [finding for finding in findings if tally(finding) in wanted]
    files = (
        len(collection)
        if changed is None
        else len({*changed} & {identity(path) for path in collection.paths})
    )
    return Report.of(files, told, wanted)

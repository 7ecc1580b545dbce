"""The gate: every fault of every file, at once, with its place and its cure.

A file that cannot be read hides no other; rules on the collection see all that could be read.
"""

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from taskschema import migrate, places, schema
from taskschema.collection import Collection, collect
from taskschema.columns import Columns
from taskschema.digests import digest
from taskschema.errors import ConfigError, NoTasksError
from taskschema.findings import Finding, Report
from taskschema.profiles import PROFILES, Profile
from taskschema.reading import Hits, Reading, finding, placed, read, spoken
from taskschema.rules import (
    Entry,
    TaskRule,
    Violation,
    Waiver,
    WaiverRule,
    all_rules,
    rules_of,
)
from taskschema.together import judge_together
from taskschema.workers import spread

__all__ = ["check", "check_collection", "judge_file"]

Progress = Callable[[int, int], None]


def check(*paths: str | Path, profile: str | None = None) -> Report:
    """Judge task files and folders of them.

    Args:
        paths: files or folders; without any, the current folder.
        profile: a name in `profiles.PROFILES`; else what `taskschema.toml` says.

    Raises:
        NoTasksError: a path does not exist or holds no task files.
        ConfigError: `taskschema.toml` does not fit its schema, or there is no such profile.
    """
    collection = collect([Path(path) for path in paths] or [Path()])
    return check_collection(collection, profile=profile)


def check_collection(
    collection: Collection, *, profile: str | None = None, progress: Progress | None = None
) -> Report:
    """Judge the files of a collection; `progress` is told how many of how many are done."""
    config = collection.config
    if profile is not None and profile not in PROFILES:
        raise ConfigError(f"profile {profile!r} is none of {', '.join(PROFILES)}.")
    judge = partial(judge_file, root=config.root, profile=PROFILES[profile or config.profile])
    findings: list[Finding] = []
    entries: list[Entry] = []
    for done, (found, entry) in enumerate(spread(judge, collection.paths)):
        findings += found
        entries += [entry] if entry else []
        if progress:
            progress(done + 1, len(collection))
    findings += judge_together(entries, collection)
    kept, waivers = _waive(findings, config.waivers, collection)
    kept += _judge_waivers(waivers, config.path)
    return Report.of(len(collection), kept)


def judge_file(path: Path, root: Path, profile: Profile) -> tuple[list[Finding], Entry | None]:
    """The findings of one file by itself, and what rules on the collection need to know of it."""
    with _uncollected():
        reading = read(path, root)
        if reading.document is None:
            return list(reading.findings), None
        task = reading.upgraded()
        columns = Columns(task, raw=reading.raw, path=path, root=root, profile=profile)
        return [*reading.findings, *_judge(reading, columns)], digest(columns)


def _judge(reading: Reading, columns: Columns) -> tuple[Finding, ...]:
    """The findings of the rules on one task, placed in the file as it stands."""
    version = reading.version or schema.NEWEST
    hits: Hits = [(rule, hit) for rule in rules_of(TaskRule) for hit in rule.check(columns)]
    # Version 1 has no ids; a row with other keys might hold one that is not its own.
    rows = (migrate.pointer_in(version, "/instances"), columns.ids)
    fast = rows if columns.plain and version > 1 else None
    return placed(reading.path, reading.raw, _in_file(spoken(hits), version), fast)


def _in_file(hits: Hits, version: int) -> Hits:
    if version == schema.NEWEST:
        return hits
    return [
        (rule, replace(hit, pointer=migrate.pointer_in(version, hit.pointer))) for rule, hit in hits
    ]


def _waive(
    findings: Sequence[Finding], waivers: Sequence[Waiver], collection: Collection
) -> tuple[list[Finding], list[Waiver]]:
    """What no waiver takes away, and the waivers with what they took."""
    excused = {(waiver.task, waiver.code) for waiver in waivers}
    used: Counter[tuple[str, str]] = Counter()
    kept = []
    for found in findings:
        about = (Path(found.path).stem, found.code)
        used[about] += 1
        if about not in excused:
            kept.append(found)
    codes = {rule.code for rule in all_rules()}
    checked = {path.stem for path in collection.paths}
    named = {waiver.task for waiver in waivers}
    # Only where a name is not among those checked, the rest of the collection matters.
    known = checked if named <= checked else checked | _all_names(collection)
    return kept, [
        replace(
            waiver,
            known=waiver.code in codes,
            exists=waiver.task in known,
            judged=waiver.task in checked,
            used=used[waiver.task, waiver.code],
        )
        for waiver in waivers
    ]


def _all_names(collection: Collection) -> set[str]:
    try:
        return {path.stem for path in collect([collection.config.root], collection.config).paths}
    except NoTasksError:
        return set()


def _judge_waivers(waivers: Sequence[Waiver], path: Path | None) -> Iterator[Finding]:
    for waiver in waivers:
        for rule in rules_of(WaiverRule):
            if (message := rule.message(waiver)) is not None:
                pointer = f"/waivers{places.escape(waiver.task)}{places.escape(waiver.code)}"
                hit = Violation(pointer, message)
                yield finding(rule, path or Path(), hit, (waiver.line, 1))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without garbage collection: parsed documents hold no cycles, and walking them takes long."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()

"""Split lists written by the policy of a collection, and compared with it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from taskschema import waivers
from taskschema.collection import Collection, collect
from taskschema.columns import Columns
from taskschema.config import find
from taskschema.digests import digest
from taskschema.errors import DestinationError, NoTasksError
from taskschema.files import write_atomically
from taskschema.findings import Finding, Report, tally
from taskschema.locations import path_of
from taskschema.looks import looks
from taskschema.placing import Hit
from taskschema.rules import CollectionRule, Entry, Planned, Violation, rules_of
from taskschema.rules._lists import places
from taskschema.split_leaks import Leak, leaks
from taskschema.split_policy import DEV, POLICIES, SPLITS, Policy, plan
from taskschema.splits import ENDING, FOLDER, split_lists
from taskschema.together import hits_of, located, surroundings
from taskschema.workers import HERE, Workers

__all__ = ["Survey", "Written", "check_splits", "lists", "survey", "write"]

Progress = Callable[[int, int], None]

FAMILY = "SPL"
# These two are told by comparing all inputs instead of samples.
CONTENT, SOURCE = "SPL003", "SPL004"
LEAST, FEWEST = 0.1, 4
NAMED = 3  # as many tasks as a message names


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """All tasks of a collection, as far as they could be read, and the policy to split them by."""

    collection: Collection
    policy: Policy
    tasks: tuple[Entry, ...]
    """In the order of their paths."""
    refused: tuple[Finding, ...]
    """Why files could not be read; a policy says nothing for sure without them."""

    @property
    def planned(self) -> tuple[Planned, ...]:
        """Where the policy puts every task."""
        return plan(self.policy, self.tasks)


@dataclass(frozen=True, slots=True)
class Written:
    """The split lists, by what became of them."""

    changed: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    stray: tuple[Path, ...]
    """Lists of a track or a split that the policy does not have; they are left as they are."""


def survey(path: Path, progress: Progress | None = None, workers: Workers = HERE) -> Survey:
    """Read what splits depend on: the whole collection that a path belongs to.

    Raises:
        NoTasksError: the path is no folder, or there are no task files.
        ConfigError: `taskschema.toml` does not fit its schema.
    """
    if not path.exists():
        raise NoTasksError(f"{path}: does not exist. Name a folder of tasks.")
    if not path.is_dir():
        raise NoTasksError(f"{path}: is no folder. Splits are of a whole collection: name that.")
    config = find(path)
    collection = collect([config.root], config) if config.path else collect([path])
    entries, refused = looks(collection, _entry, progress, workers)
    return Survey(
        collection=collection,
        policy=collection.config.splits or POLICIES["superni"],
        tasks=tuple(sorted(entries, key=lambda entry: entry.path)),
        refused=tuple(refused),
    )


def _entry(columns: Columns, _version: int) -> Entry:
    return digest(columns)


def lists(seen: Survey) -> dict[str, bytes]:
    """The bytes of every list of the policy, by the path below the root of the collection.

    Raises:
        DestinationError: the name of a task does not fit on a line, or two tasks have it.
    """
    paths: dict[str, str] = {}
    for entry in seen.tasks:
        if (other := paths.setdefault(entry.name, entry.path)) != entry.path:
            message = f"has the name of {other}, which no list can tell apart. Rename one of them."
            raise DestinationError(f"{entry.path}: {message}")
        if not entry.name.isprintable() or entry.name != entry.name.strip():
            message = "its name cannot stand on a line of a list. Rename the file."
            raise DestinationError(f"{entry.path!r}: {message}")
    splits = [split for split in SPLITS if split != DEV or seen.policy.dev]
    found = {_path(track, split): b"" for track in sorted(seen.policy.tracks) for split in splits}
    for one in sorted(seen.planned):
        found[_path(one.track, one.split)] += f"{one.task}\n".encode()
    return found


def _path(track: str, split: str) -> str:
    return f"{FOLDER}/{track}/{split}{ENDING}"


def write(seen: Survey) -> Written:
    """Write the lists that differ, each whole or not at all.

    Raises:
        DestinationError: a list cannot be written, or would be outside of the collection.
    """
    root = seen.collection.config.root
    texts = {root / name: text for name, text in lists(seen).items()}
    for path in texts:
        _require_inside(path, root)
    changed = [path for path, text in texts.items() if _differs(path, text)]
    for path in changed:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DestinationError(f"{path}: cannot be written: {error.strerror}.") from error
        write_atomically(path, texts[path])
    others = (path_of(one.path) for one in split_lists(root))
    return Written(
        tuple(changed),
        tuple(path for path in texts if path not in changed),
        tuple(path for path in others if path not in texts),
    )


def _require_inside(path: Path, root: Path) -> None:
    try:
        stays = path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        stays = False  # a loop of links
    if not stays:
        raise DestinationError(f"{path}: leads out of {root}. Put a folder there, not a link.")


def _differs(path: Path, text: bytes) -> bool:
    try:
        return not path.is_file() or path.read_bytes() != text
    except OSError:
        return True


def check_splits(
    seen: Survey, progress: Progress | None = None, workers: Workers = HERE
) -> tuple[Report, tuple[Leak, ...]]:
    """The findings about the split lists as they stand, and everything that leaks.

    Where there is no list at all, leaks are those of the policy's splits.
    """
    config = seen.collection.config
    whole = not seen.refused
    overview = replace(
        surroundings(seen.collection),
        tasks=seen.tasks,
        complete=whole,
        unread=frozenset(path_of(finding.path).stem for finding in seen.refused),
        planned=seen.planned if whole else (),
    )
    rules = {rule.code: rule for rule in rules_of(CollectionRule) if rule.code.startswith(FAMILY)}
    told = [rule for code, rule in rules.items() if code not in (CONTENT, SOURCE)]
    where = places(overview)
    listed: Mapping[str, Mapping[str, Iterable[str]]] = where or _by_split(seen.planned)
    found = leaks(listed, seen.tasks, config.root, progress, workers)
    hits = [*hits_of(told, overview), *_hits(found, where, rules)]
    findings = [*seen.refused, *located(hits, config.root)]
    excused = waivers.excused(config.waivers, map(tally, findings))
    wanted = [
        finding
        for finding in findings
        if tally(finding) not in excused and config.selection.takes(finding.code)
    ]
    return Report.of(len(seen.collection), wanted), tuple(found)


def _by_split(planned: Sequence[Planned]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for one in planned:
        found.setdefault(one.track, {}).setdefault(one.split, []).append(one.task)
    return found


Places = Mapping[str, Mapping[str, Mapping[str, tuple[str, int]]]]


def _hits(
    found: Iterable[Leak], where: Places, rules: Mapping[str, CollectionRule]
) -> Iterator[tuple[str, Hit]]:
    """What leaks as hits at the lines of the lists to train on."""
    by_task: dict[tuple[str, str, str], list[Leak]] = {}
    for leak in found:
        by_task.setdefault((leak.track, leak.task, leak.split), []).append(leak)
    for (track, task, split), some in by_task.items():
        if track not in where:
            continue
        path, line = where[track]["train"][task]
        inputs = [leak for leak in some if leak.share >= LEAST and leak.inputs >= FEWEST]
        inputs.sort(key=lambda leak: -leak.share)
        if inputs:
            named = ", ".join(map(_amount, inputs[:NAMED]))
            more = f" and some of {len(inputs) - NAMED} more" if len(inputs) > NAMED else ""
            message = f"`{task}` has inputs of the {split} split: {named}{more}. "
            hit = Violation(f"line:{line}", f"{message}Do not train on it.")
            yield path, Hit(rules[CONTENT], hit)
        elif how := next((leak.source for leak in some if leak.source), ""):
            message = f"`{task}` {how} of the {split} split. Do not train on it."
            yield path, Hit(rules[SOURCE], Violation(f"line:{line}", message))


def _amount(leak: Leak) -> str:
    roughly = "about " if leak.sampled else ""
    return f"{roughly}{leak.share:.0%} of `{leak.held_out}`"

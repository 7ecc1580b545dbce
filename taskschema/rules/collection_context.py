"""The input of collection rules: task digests, split lists, taken names and waivers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["CollectionContext", "PlannedSplit", "SplitList", "TakenName", "TaskDigest", "Waiver"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDigest:
    """The data of one task that collection rules use, small enough to keep and to cache.

    Hashes have 64 bits and are equal in every process and on every machine.
    """

    path: str
    name: str
    aliases: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    """The definition and its paraphrases, unchanged."""
    sources: tuple[tuple[str, str], ...] = ()
    """Name and URL of every source; the URL is empty if the source has none."""
    categories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    """The languages of the outputs."""
    input_languages: tuple[str, ...] = ()
    kind: str = "text"
    """The kind of the answer format."""
    answers: tuple[str, ...] = ()
    """The normalised labels, or all outputs if they are few, else empty."""
    instances: int = 0
    inputs: frozenset[int] = frozenset()
    """Hashes of the inputs that are long enough to identify a source."""
    rows: frozenset[int] = frozenset()
    """Hashes of all instances that are not blank, with their outputs."""
    mask: int = 0
    """Bits that are 0 in every hash here. A large task keeps only the hashes without these bits, so
    two tasks are compared by the hashes without the bits of both masks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitList:
    """One file `splits/<track>/<split>_tasks.txt`: task names, one per line."""

    path: str
    track: str
    split: str
    names: tuple[tuple[int, str], ...]
    """Line number (1-based) and name."""


class PlannedSplit(NamedTuple):
    """The split that the policy of the collection gives a task in one track, and the reason."""

    track: str
    split: str
    task: str
    reason: str


class TakenName(NamedTuple):
    """A name that the base branch gave to a task after the checked branch started."""

    name: str
    """The name of the task, or an alias."""
    task: str
    path: str
    """The path of its file, as it would be in the checked branch."""
    revision: str
    """The base branch, as the user named it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionContext:
    """The input of collection rules: every task that was read, and the files about them."""

    tasks: Sequence[TaskDigest]
    """Sorted by path."""
    splits: Sequence[SplitList] = ()
    broken: Sequence[tuple[str, str]] = ()
    """Paths of files that are named like split lists but cannot be read as one, with the reason."""
    index: str = ""
    """The path of the task listing, `README.md` in the folder of tasks, or empty."""
    index_text: str = ""
    complete: bool = True
    """Whether the whole collection was checked, so that a task missing here does not exist."""
    unread: frozenset[str] = frozenset()
    """Stems of the files that could not be read as tasks."""
    planned: Sequence[PlannedSplit] = ()
    """The split of every task by the policy; empty if the collection declares no policy."""
    taken: Sequence[TakenName] = ()
    """The names taken in the base branch; empty if no base branch was given."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A waiver, and the number of findings it excused in this run."""

    task: str
    code: str
    reason: str
    line: int
    rule_exists: bool = True
    task_exists: bool = True
    """Whether the collection has the task, as far as this run can tell."""
    is_checked: bool = True
    """Whether this run checked the rule on the task, so that `used == 0` means unused."""
    used: int = 0
    """The number of excused findings."""

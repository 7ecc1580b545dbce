"""What collection rules see: a digest of every task, split lists, names taken, waivers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Overview", "Planned", "SplitList", "Taken", "TaskDigest", "Waiver"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDigest:
    """What rules on the collection know of one task that was read: its digest, small and lasting.

    Hashes are of 64 bits, and the same in every process and on every machine.
    """

    path: str
    name: str
    aliases: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    """The definition and its paraphrases, as they stand."""
    sources: tuple[tuple[str, str], ...] = ()
    """Name and URL of every source; an empty URL where there is none."""
    categories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    """Those of the outputs."""
    input_languages: tuple[str, ...] = ()
    kind: str = "text"
    """The kind of its answers."""
    answers: tuple[str, ...] = ()
    """The normalised labels, or all outputs where they are few; empty where they are many."""
    instances: int = 0
    inputs: frozenset[int] = frozenset()
    """Hashes of the inputs that are long enough to tell where they come from."""
    rows: frozenset[int] = frozenset()
    """Hashes of the instances that are not blank, with their outputs, however short."""
    mask: int = 0
    """Bits that none of the hashes has. Of a large task, only such are here that have none of
    them, so that what two tasks have in common is compared among hashes without the bits of both
    masks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitList:
    """One file `splits/<track>/<split>_tasks.txt`: the names of tasks, a line each."""

    path: str
    track: str
    split: str
    names: tuple[tuple[int, str], ...]
    """Line (1-based) and name."""


class Planned(NamedTuple):
    """Where the collection's policy puts a task in one track, and why."""

    track: str
    split: str
    task: str
    reason: str


class Taken(NamedTuple):
    """A name that a task took in the base branch, since the branch that is checked began."""

    name: str
    """The task's own, or an alias."""
    task: str
    path: str
    """Of its file, as it would be called here."""
    revision: str
    """What the base branch was called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All that rules on the collection see: every task that was read, and the lists about them."""

    tasks: Sequence[TaskDigest]
    """In the order of their paths."""
    splits: Sequence[SplitList] = ()
    broken: Sequence[tuple[str, str]] = ()
    """Paths of files that are named like split lists and are none, and what is wrong with them."""
    index: str = ""
    """The path of the listing of tasks, `README.md` in the folder of tasks, if there is one."""
    index_text: str = ""
    complete: bool = True
    """Whether the whole collection was checked, so that a task that is not here does not exist."""
    unread: frozenset[str] = frozenset()
    """Stems of the files that are there, but could not be read as tasks."""
    planned: Sequence[Planned] = ()
    """Where the policy puts every task; nothing where the collection declares no policy."""
    taken: Sequence[Taken] = ()
    """The names that were taken in a base branch; nothing where none was named."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A written exception, and how many findings it took away in this run."""

    task: str
    code: str
    reason: str
    line: int
    known: bool = True
    """Whether there is a rule of this code."""
    exists: bool = True
    """Whether there is such a task, as far as this run can tell."""
    judged: bool = True
    """Whether the task was among those checked, so that nothing taken away means unused."""
    used: int = 0

"""One rule, one file: what is wrong, why it matters, how to mend it, a good case and a bad one.

The module's docstring is the rule's documentation (a title, then the reason and the cure, then what
keeps it from crying wolf), and `good` and `bad` are its test. Every kind of rule is found by
`plugins` under the file's name, which is the code in lower case and the rule's name.

Where a machine can mend a fault, its violations carry the edits, and `fix` says whether they are
safe. A fix changes nothing but what is at fault; one that merges, drops or chooses is unsafe.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple, TypeVar

from taskschema import plugins
from taskschema.columns import Columns
from taskschema.findings import Applicability, Edit, Severity
from taskschema.schema import Breach

__all__ = [
    "CollectionRule",
    "ConversionRule",
    "Entry",
    "FileRule",
    "Overview",
    "Planned",
    "Rule",
    "SchemaRule",
    "SplitList",
    "Taken",
    "TaskRule",
    "Violation",
    "Waiver",
    "WaiverRule",
    "all_rules",
    "rules_of",
]

PACKAGE = "taskschema.rules"
Overlay = Mapping[str, Any]


class Violation(NamedTuple):
    """A hit of a rule: where, in the newest version's pointers, and what to do about it."""

    pointer: str
    message: str
    severity: Severity | None = None
    """Overrides the rule's own, where the rule's docstring says so."""
    at: int | None = None
    """Where in the text that the pointer leads to, in characters; None for no place in it."""
    edits: tuple[Edit, ...] = ()
    """What mends it, in the newest version's pointers; the file may be in an older one, where only
    edits of values that both versions write alike are made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
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

    tasks: Sequence[Entry]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every kind of rule says of itself."""

    code: str
    name: str
    """The fault, in words joined by hyphens."""
    severity: Severity
    since: str
    """The release of taskschema that has it first."""
    outranks: tuple[str, ...] = ()
    """Codes that stay silent where this rule has a finding at the same pointer."""
    implies: tuple[str, ...] = ()
    """Codes that a file with this fault always has too, for a reason of their own."""
    fix: Applicability | None = None
    """Whether violations carry edits that mend them, and of which kind."""
    secret: bool = False
    """Whether what it finds must not be shown, so that a report does not spread it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRule(Rule):
    """A fault of the bytes, found while they are read; `good` and `bad` are whole files."""

    good: bytes | None
    bad: bytes | None
    """None for a fault that bytes alone cannot have, such as a file that cannot be opened."""
    mend: Callable[[bytes], bytes] | None = None
    """The bytes without the fault, where a machine can say what they should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaRule(Rule):
    """A breach of the schema, by the schema keyword that refused."""

    keywords: tuple[str, ...]
    explain: Callable[[Breach], Violation]
    """The place in the file and the message for one breach."""
    good: Overlay
    """Laid over the smallest task."""
    bad: Overlay


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRule(Rule):
    """A fault that one task shows by itself."""

    check: Callable[[Columns], Iterable[Violation]]
    good: Overlay
    """Laid over the smallest task that has no finding at all."""
    bad: Overlay


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionRule(Rule):
    """A fault that only shows beside other tasks; gives the path of a file with each violation.

    In a file that is no task the pointer is `line:` and the number of a line.
    """

    check: Callable[[Overview], Iterable[tuple[str, Violation]]]
    good: Mapping[str, Overlay | str] = field(default_factory=dict)
    """By file stem, each laid over the smallest task of that name; a string is the text of another
    file, and its key the path below the collection, such as `splits/default/train_tasks.txt`. With
    `main:` before it, the base branch has it meanwhile."""
    bad: Mapping[str, Overlay | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverRule(Rule):
    """A fault of the exceptions themselves; judged last, when it is known what they took away."""

    message: Callable[[Waiver], str | None]
    good: str
    """A `taskschema.toml` beside a task named `waived` whose one output is blank."""
    bad: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionRule(Rule):
    """What is said of a foreign file while it is converted; never told by `check`."""

    format: str = ""
    """The foreign format of the two examples."""
    good: str = ""
    """The text of a file that converts without this finding; empty where one file cannot show."""
    bad: str = ""


AnyRule = TypeVar("AnyRule", bound=Rule)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the codes."""
    return tuple(sorted(plugins.load_all(PACKAGE, "RULE").values(), key=lambda rule: rule.code))


def rules_of(kind: type[AnyRule]) -> tuple[AnyRule, ...]:
    """The rules of one kind, in the order of the codes."""
    return tuple(rule for rule in all_rules() if isinstance(rule, kind))

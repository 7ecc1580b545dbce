"""One rule, one file: what is wrong, why it matters, how to mend it, a good case and a bad one.

The module's docstring is the rule's documentation (a title, then the reason and the cure, then what
keeps it from crying wolf), and `good` and `bad` are its test. Every kind of rule is found by
`plugins` under the file's name, which is the code in lower case and the rule's name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from taskschema import plugins
from taskschema.columns import Columns
from taskschema.findings import Severity
from taskschema.schema import Breach

__all__ = [
    "CollectionRule",
    "Entry",
    "FileRule",
    "Rule",
    "SchemaRule",
    "TaskRule",
    "Violation",
    "Waiver",
    "WaiverRule",
    "all_rules",
    "rules_of",
]

PACKAGE = "taskschema.rules"
Overlay = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Violation:
    """A hit of a rule: where, in the newest version's pointers, and what to do about it."""

    pointer: str
    message: str
    severity: Severity | None = None
    """Overrides the rule's own, where the rule's docstring says so."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What rules on the collection know of one task that was read."""

    path: str
    name: str
    aliases: tuple[str, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRule(Rule):
    """A fault of the bytes, found while they are read; `good` and `bad` are whole files."""

    good: bytes | None
    bad: bytes | None
    """None for a fault that bytes alone cannot have, such as a file that cannot be opened."""


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
    """A fault that only shows beside other tasks; gives the path of a task with each violation."""

    check: Callable[[Sequence[Entry]], Iterable[tuple[str, Violation]]]
    good: Mapping[str, Overlay] = field(default_factory=dict)
    """By file stem, each laid over the smallest task of that name."""
    bad: Mapping[str, Overlay] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverRule(Rule):
    """A fault of the exceptions themselves; judged last, when it is known what they took away."""

    message: Callable[[Waiver], str | None]
    good: str
    """A `taskschema.toml` beside a task named `waived` whose one output is blank."""
    bad: str


AnyRule = TypeVar("AnyRule", bound=Rule)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the codes."""
    return tuple(sorted(plugins.load_all(PACKAGE, "RULE").values(), key=lambda rule: rule.code))


def rules_of(kind: type[AnyRule]) -> tuple[AnyRule, ...]:
    """The rules of one kind, in the order of the codes."""
    return tuple(rule for rule in all_rules() if isinstance(rule, kind))

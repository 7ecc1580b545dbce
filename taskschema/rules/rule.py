"""One rule, one file: what is wrong, why it matters, how to mend it, a good case and a bad one.

The module's docstring is the rule's documentation (a title, then the reason and the cure, then what
keeps it from crying wolf), and `good` and `bad` are its test. Every kind of rule is found by
`plugins` under the file's name, which is the code in lower case and the rule's name.

Where a machine can mend a fault, its violations carry the edits, and `fix` says whether they are
safe. A fix changes nothing but what is at fault; one that merges, drops or chooses is unsafe.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.core.plugins import Family
from taskschema.rules.overview import Overview, Waiver
from taskschema.schema.columns import Columns
from taskschema.schema.versions import Breach

__all__ = [
    "RULES",
    "CollectionRule",
    "ConversionRule",
    "FileRule",
    "Rule",
    "SchemaRule",
    "TaskRule",
    "Violation",
    "WaiverRule",
]

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
    repair: Callable[[bytes], bytes] | None = None
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


RULES: Family[Rule] = Family("taskschema.rules.catalogue", "RULE")

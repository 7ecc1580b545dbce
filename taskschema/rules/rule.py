"""The declaration of a rule: what is wrong, why it matters, how to fix it, and two examples.

A rule is one file. The docstring of its module is its documentation: a title, then why it matters
and how to fix it, then what keeps it from false alarms. `good` and `bad` are its tests. `RULES`
finds each rule under the name of its file: the code in lower case and the name of the rule.

A violation of a fixable rule carries edits, and `fix` of the rule states whether they are safe. A
fix changes nothing but the reported problem. A fix that merges, drops or chooses is unsafe.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.core.plugins import Family
from taskschema.rules.collection_context import CollectionContext, Waiver
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
    """A place in a task that breaks a rule, with a message; pointers are those of version 3."""

    pointer: str
    message: str
    severity: Severity | None = None
    """Overrides the severity of the rule, if the docstring of the rule says so."""
    at: int | None = None
    """The 0-based index of a character in the text at the pointer, or None for the whole text."""
    edits: tuple[Edit, ...] = ()
    """The fix, with pointers of version 3. In a file of an older version, only edits of values that
    both versions write alike are applied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The fields of every kind of rule."""

    code: str
    name: str
    """The problem in a few words, joined by hyphens."""
    severity: Severity
    since: str
    """The first release of taskschema with the rule."""
    outranks: tuple[str, ...] = ()
    """Codes of rules whose findings are dropped if this rule has one at the same pointer."""
    implies: tuple[str, ...] = ()
    """Codes of other rules that every violation of this one also breaks."""
    fix: Applicability | None = None
    """Whether the fixes of this rule are safe or unsafe; None if it has no fixes."""
    secret: bool = False
    """Whether reports must not show the text found, such as a private key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRule(Rule):
    """A rule on the bytes of a file, checked while reading; `good` and `bad` are whole files."""

    good: bytes | None
    bad: bytes | None
    """None if bytes alone cannot break the rule, such as for a file that cannot be opened."""
    repair: Callable[[bytes], bytes] | None = None
    """Returns the fixed bytes; None if the rule has no fix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaRule(Rule):
    """A rule on breaches of the schema, by JSON Schema keyword."""

    keywords: tuple[str, ...]
    explain: Callable[[Breach], Violation]
    """Returns the pointer and the message for one breach."""
    good: Overlay
    """Keys that are laid over the smallest task."""
    bad: Overlay


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRule(Rule):
    """A rule on one task."""

    check: Callable[[Columns], Iterable[Violation]]
    good: Overlay
    """Keys that are laid over the smallest task, which has no finding."""
    bad: Overlay


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionRule(Rule):
    """A rule on several tasks or on files about them; `check` yields paths and violations.

    In a file that is not a task, the pointer is `line:` and a 1-based line number.
    """

    check: Callable[[CollectionContext], Iterable[tuple[str, Violation]]]
    good: Mapping[str, Overlay | str] = field(default_factory=dict)
    """Files by name. A mapping is laid over the smallest task, and its key is the file stem. A
    string is the text of another file, and its key is the path in the collection, such as
    `splits/default/train_tasks.txt`. A file with the prefix `main:` is on the base branch only."""
    bad: Mapping[str, Overlay | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverRule(Rule):
    """A rule on waivers, checked last, when the number of waived findings is known."""

    message: Callable[[Waiver], str | None]
    """Returns the message for a waiver that breaks the rule, else None."""
    good: str
    """A `taskschema.toml` for a collection of one task named `waived` with a blank output."""
    bad: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionRule(Rule):
    """A rule on files of other formats, reported by `convert` and `new` and never by `check`."""

    format: str = ""
    """The foreign format of the two examples."""
    good: str = ""
    """The text of a file that converts without this finding; empty if one file cannot show it."""
    bad: str = ""


RULES: Family[Rule] = Family("taskschema.rules.catalogue", "RULE")

"""What a comparison of two states of some tasks found: frozen values that every format renders."""

from dataclasses import dataclass
from typing import Any

from taskschema.core.findings import Finding

__all__ = [
    "Caution",
    "Difference",
    "FieldChange",
    "Label",
    "LabelDifferences",
    "Repeated",
    "RowChange",
    "RowDifferences",
    "Summary",
    "TaskDifference",
    "Unreadable",
]

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that is not what it was; None stands for a value that is not there."""

    pointer: str
    """An RFC 6901 pointer, into the task or, for a row, into the row."""
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is the same row with other contents."""

    before: str
    """What the row went by: the id of an instance, the input of a demonstration."""
    after: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDifferences:
    """The instances of a task, or its demonstrations of one kind, before and after."""

    before: int
    after: int
    added: tuple[Row, ...] = ()
    removed: tuple[Row, ...] = ()
    edited: tuple[RowChange, ...] = ()
    reidentified: tuple[tuple[str, str], ...] = ()
    """The id before and after of instances that are the same but for it."""
    reordered: bool = False
    """Whether the rows that stayed stand in another order."""

    @property
    def differ(self) -> bool:
        """Whether anything but the order of the rows changed."""
        return bool(self.added or self.removed or self.edited or self.reidentified)


@dataclass(frozen=True, slots=True)
class Label:
    """How many instances have a label among their outputs."""

    text: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelDifferences:
    """How the labels of a task are distributed, the most frequent first."""

    declared: bool
    """Whether the task says that it has labels; else it has few distinct outputs."""
    labels: tuple[Label, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """One question that several instances ask."""

    input: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Caution:
    """What a reviewer should not overlook."""

    name: str
    message: str
    """Of our own words alone, so that every format may show it as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A task that only one side has."""

    name: str
    path: str
    version: int
    instances: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file that is no task on one side, which can therefore not be compared."""

    side: str
    path: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDifference:
    """How one task differs."""

    name: str
    path: str
    renamed_from: str | None = None
    moved_from: str | None = None
    """The earlier path of a file that lies in another folder or has another name."""
    versions: tuple[int, int]
    revisions: tuple[int | None, int | None] = (None, None)
    license_classes: tuple[str, str]
    fields: tuple[FieldChange, ...] = ()
    positive_demonstrations: RowDifferences
    negative_demonstrations: RowDifferences
    instances: RowDifferences
    labels: LabelDifferences | None = None
    contradictions: tuple[Repeated, ...] = ()
    """Questions with contradicting answers that had none before."""
    duplicates: tuple[Repeated, ...] = ()
    """Questions that are asked more often than before, and more than once."""
    cautions: tuple[Caution, ...] = ()

    @property
    def is_form_only(self) -> bool:
        """Whether the file changed and the task did not; the order of instances has no meaning."""
        return not (
            self.renamed_from is not None
            or self.fields
            or self.revisions[0] != self.revisions[1]
            or self.positive_demonstrations.differ
            or self.positive_demonstrations.reordered
            or self.negative_demonstrations.differ
            or self.negative_demonstrations.reordered
            or self.instances.differ
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How the tasks of HEAD differ from those of BASE, by name."""

    base: str
    head: str
    changed: tuple[TaskDifference, ...] = ()
    added: tuple[Summary, ...] = ()
    removed: tuple[Summary, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    unchanged: int = 0

    def __bool__(self) -> bool:
        """Whether any task differs in more than its form."""
        return bool(
            self.added
            or self.removed
            or self.unreadable
            or any(not task.is_form_only for task in self.changed)
        )

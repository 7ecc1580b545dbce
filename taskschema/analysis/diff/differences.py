"""Results of a comparison: frozen values that every output format renders."""

from dataclasses import dataclass
from typing import Any

from taskschema.core.findings import Finding

__all__ = [
    "Caution",
    "Difference",
    "FieldChange",
    "LabelChange",
    "LabelDifferences",
    "RepeatedQuestion",
    "RowChange",
    "RowDifferences",
    "TaskDifference",
    "UnpairedTask",
    "Unreadable",
]

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A changed value; None stands for a missing value."""

    pointer: str
    """RFC 6901 pointer into the task or, for a row, into the row."""
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row with changed content."""

    before: str
    """The old name of the row: the id of an instance, the input of a demonstration."""
    after: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDifferences:
    """Differences of the instances of a task, or of its demonstrations of one kind."""

    before: int
    after: int
    added: tuple[Row, ...] = ()
    removed: tuple[Row, ...] = ()
    edited: tuple[RowChange, ...] = ()
    reidentified: tuple[tuple[str, str], ...] = ()
    """Old and new ids of instances whose content did not change."""
    reordered: bool = False
    """Whether the order of the kept rows changed."""

    @property
    def differ(self) -> bool:
        """Whether anything but the order of the rows changed."""
        return bool(self.added or self.removed or self.edited or self.reidentified)


@dataclass(frozen=True, slots=True)
class LabelChange:
    """Number of instances with a label among their outputs, before and after."""

    text: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelDifferences:
    """Differences of the distribution of labels, the most frequent label first."""

    declared: bool
    """Whether the task declares labels; if not, few distinct outputs count as labels."""
    labels: tuple[LabelChange, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RepeatedQuestion:
    """A question that several instances share."""

    input: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning for reviewers."""

    name: str
    message: str
    """Contains no text of tasks, so every format may print it unescaped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpairedTask:
    """A task on one side only."""

    name: str
    path: str
    version: int
    instances: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file that is unreadable on one side and cannot be compared."""

    side: str
    path: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDifference:
    """Differences of one task."""

    name: str
    path: str
    renamed_from: str | None = None
    moved_from: str | None = None
    """The old path of a moved or renamed file."""
    versions: tuple[int, int]
    revisions: tuple[int | None, int | None] = (None, None)
    license_classes: tuple[str, str]
    fields: tuple[FieldChange, ...] = ()
    positive_demonstrations: RowDifferences
    negative_demonstrations: RowDifferences
    instances: RowDifferences
    labels: LabelDifferences | None = None
    contradictions: tuple[RepeatedQuestion, ...] = ()
    """Questions with new contradicting answers."""
    duplicates: tuple[RepeatedQuestion, ...] = ()
    """Questions that more instances share than before."""
    cautions: tuple[Caution, ...] = ()

    @property
    def is_form_only(self) -> bool:
        """Whether only the file changed and not the task; the order of instances is form."""
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
    """Differences between the tasks of BASE and HEAD, by name."""

    base: str
    head: str
    changed: tuple[TaskDifference, ...] = ()
    added: tuple[UnpairedTask, ...] = ()
    removed: tuple[UnpairedTask, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    unchanged: int = 0

    def __bool__(self) -> bool:
        """Whether the content of any task differs."""
        return bool(
            self.added
            or self.removed
            or self.unreadable
            or any(not task.is_form_only for task in self.changed)
        )

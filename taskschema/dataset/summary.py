"""The summary of a dataset for its card: counts and credits, added up task by task.

The numbers of groups and credits and the lengths of their texts are limited, so that memory stays
small for any number of tasks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from taskschema.dataset.task_metadata import languages_of, license_class_of, licenses_of
from taskschema.schema.columns import Columns
from taskschema.schema.source_names import canonical_name, canonical_url

__all__ = [
    "CreditedPerson",
    "CreditedSource",
    "DatasetSummary",
    "GroupCounts",
    "Listing",
]

MOST = 1_000  # groups in a count, and entries of a list of people or sources
LONGEST = 500  # characters of a name or an address
LONGEST_CITATION = 4_000
OTHERS = "(others)"
UNSTATED = ""

Value = TypeVar("Value")


class GroupCounts:
    """Numbers of tasks and instances by group; groups past the first `MOST` become `OTHERS`."""

    def __init__(self) -> None:
        self.counts: dict[str, tuple[int, int]] = {}

    def add(self, group: str, instances: int) -> None:
        """Count one task."""
        group = group[:LONGEST]
        if group not in self.counts and len(self.counts) >= MOST:
            group = OTHERS
        tasks, before = self.counts.get(group, (0, 0))
        self.counts[group] = (tasks + 1, before + instances)

    def rows(self) -> list[tuple[str, int, int]]:
        """Return group, tasks and instances, by descending number of instances."""
        rows = [(group, *counts) for group, counts in self.counts.items()]
        return sorted(rows, key=lambda row: (-row[2], -row[1], row[0]))


class Listing(Generic[Value]):
    """Distinct entries in the order of their first appearance, at most `MOST` of them."""

    def __init__(self) -> None:
        self.entries: dict[Any, Value] = {}
        self.is_cut = False
        """Whether there were more than `MOST`."""

    def add(self, key: Any, value: Value) -> None:
        """Keep an entry, unless its key is known or the list is full."""
        if len(self.entries) < MOST:
            self.entries.setdefault(key, value)
        elif key not in self.entries:
            self.is_cut = True

    def __iter__(self) -> Iterator[Value]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)


@dataclass(frozen=True, slots=True)
class CreditedPerson:
    """A contributor of tasks."""

    name: str
    github: str
    orcid: str


@dataclass(frozen=True, slots=True)
class CreditedSource:
    """A source of instances."""

    name: str
    url: str
    license: str
    citation: str


@dataclass(slots=True)
class DatasetSummary:
    """Counts and credits of the tasks added so far."""

    tasks: int = 0
    instances: int = 0
    categories: GroupCounts = field(default_factory=GroupCounts)
    """By main category; `UNSTATED` without one."""
    answer_kinds: GroupCounts = field(default_factory=GroupCounts)
    """By answer format."""
    methods: GroupCounts = field(default_factory=GroupCounts)
    """By method of provenance; `UNSTATED` without one."""
    licenses: GroupCounts = field(default_factory=GroupCounts)
    """By licence, an SPDX expression or the stated text; a task may have several or none."""
    license_classes: GroupCounts = field(default_factory=GroupCounts)
    """By the strictest class of the licences of a task and its sources."""
    languages: GroupCounts = field(default_factory=GroupCounts)
    """By canonical BCP 47 tag of instruction, input or output; a task may have several."""
    contributors: Listing[CreditedPerson] = field(default_factory=Listing)
    sources: Listing[CreditedSource] = field(default_factory=Listing)
    canaries: Listing[str] = field(default_factory=Listing)

    def add(self, columns: Columns, count: int) -> None:
        """Add one task.

        Args:
            columns: the task; its instances may be missing.
            count: the number of its instances.
        """
        task = columns.task
        self.tasks += 1
        self.instances += count
        self.categories.add(next(iter(task.get("categories", ())), UNSTATED).strip(), count)
        self.answer_kinds.add(columns.answer_format["kind"], count)
        self.methods.add(task.get("provenance", {}).get("method", UNSTATED), count)
        self.license_classes.add(license_class_of(columns), count)
        for name in sorted(set(licenses_of(task))) or [UNSTATED]:
            self.licenses.add(name, count)
        for tag in sorted(set(languages_of(task))):
            self.languages.add(tag, count)
        for entry in task.get("contributors", ()):
            person = CreditedPerson(
                *(_short(entry.get(key)) for key in ("name", "github", "orcid"))
            )
            self.contributors.add(person, person)
        for entry in task.get("sources", ()):
            name, url, words = (_short(entry.get(key)) for key in ("name", "url", "license"))
            citation = _short(entry.get("citation"), LONGEST_CITATION)
            # A source with two citations is listed twice, to show both.
            key = (canonical_name(name), canonical_url(url), citation)
            self.sources.add(key, CreditedSource(name, url, words, citation))
        if canary := task.get("canary"):
            self.canaries.add(canary[:LONGEST], canary[:LONGEST])


def _short(text: str | None, longest: int = LONGEST) -> str:
    """Return the text, cut to a length in characters."""
    text = (text or "").strip()
    return text if len(text) <= longest else f"{text[:longest]}..."

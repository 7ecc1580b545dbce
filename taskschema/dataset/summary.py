"""What an export says of all its tasks together, gathered one task at a time.

Only counts and credits are kept, and no more of them than a reader can use, so that memory stays
small however many tasks there are and whatever stands in them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from taskschema.dataset.tables import INSTANCES
from taskschema.schema import languages, licenses
from taskschema.schema.columns import Columns
from taskschema.schema.source_names import canonical_name, canonical_url

__all__ = [
    "CreditedPerson",
    "CreditedSource",
    "DatasetSummary",
    "GroupCounts",
    "Listing",
    "languages_of",
    "license_class_of",
    "licenses_of",
]

MOST = 1_000  # kinds that are counted apart, and people and sources that are named
LONGEST = 500  # characters of a name or an address
LONGEST_CITATION = 4_000
OTHERS = "(others)"
UNSAID = ""

Value = TypeVar("Value")


class GroupCounts:
    """How many tasks and instances are of each kind; past `MOST` kinds, the rest are `OTHERS`."""

    def __init__(self) -> None:
        self.counts: dict[str, tuple[int, int]] = {}

    def add(self, kind: str, instances: int) -> None:
        """Count one task."""
        kind = kind[:LONGEST]
        if kind not in self.counts and len(self.counts) >= MOST:
            kind = OTHERS
        tasks, before = self.counts.get(kind, (0, 0))
        self.counts[kind] = (tasks + 1, before + instances)

    def rows(self) -> list[tuple[str, int, int]]:
        """Kind, tasks and instances, those with the most instances first."""
        rows = [(kind, *counts) for kind, counts in self.counts.items()]
        return sorted(rows, key=lambda row: (-row[2], -row[1], row[0]))


class Listing(Generic[Value]):
    """Distinct things in the order in which they were first met, at most `MOST` of them."""

    def __init__(self) -> None:
        self.entries: dict[Any, Value] = {}
        self.left_out = False

    def add(self, key: Any, value: Value) -> None:
        """Keep a thing, unless one of this key is kept already or there is no more room."""
        if len(self.entries) < MOST:
            self.entries.setdefault(key, value)
        elif key not in self.entries:
            self.left_out = True

    def __iter__(self) -> Iterator[Value]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)


@dataclass(frozen=True, slots=True)
class CreditedPerson:
    """Someone who wrote tasks."""

    name: str
    github: str
    orcid: str


@dataclass(frozen=True, slots=True)
class CreditedSource:
    """What instances were taken from."""

    name: str
    url: str
    license: str
    citation: str


@dataclass(slots=True)
class DatasetSummary:
    """The counts and credits of the tasks that were added."""

    tasks: int = 0
    instances: int = 0
    categories: GroupCounts = field(default_factory=GroupCounts)
    """By main category; `UNSAID` where a task has none."""
    kinds: GroupCounts = field(default_factory=GroupCounts)
    """By kind of answer."""
    methods: GroupCounts = field(default_factory=GroupCounts)
    """By how the instances came to be; `UNSAID` where a task does not say."""
    licenses: GroupCounts = field(default_factory=GroupCounts)
    """By licence: an SPDX expression or else the task's words; a task may have several or none."""
    license_classes: GroupCounts = field(default_factory=GroupCounts)
    """By the strictest class of the licences of a task and its sources."""
    languages: GroupCounts = field(default_factory=GroupCounts)
    """By canonical BCP 47 tag of instruction, input or output; a task may have several."""
    contributors: Listing[CreditedPerson] = field(default_factory=Listing)
    sources: Listing[CreditedSource] = field(default_factory=Listing)
    canaries: Listing[str] = field(default_factory=Listing)

    def add(self, columns: Columns, count: int) -> None:
        """Count one more task, whose instances need not be there, and their number."""
        task = columns.task
        self.tasks += 1
        self.instances += count
        self.categories.add(next(iter(task.get("categories", ())), UNSAID).strip(), count)
        self.kinds.add(columns.answer_format["kind"], count)
        self.methods.add(task.get("provenance", {}).get("method", UNSAID), count)
        self.license_classes.add(license_class_of(columns), count)
        for name in sorted(set(licenses_of(task))) or [UNSAID]:
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
            # One source may be cited in two ways, which both want to be seen.
            key = (canonical_name(name), canonical_url(url), citation)
            self.sources.add(key, CreditedSource(name, url, words, citation))
        if canary := task.get("canary"):
            self.canaries.add(canary[:LONGEST], canary[:LONGEST])


def _short(text: str | None, longest: int = LONGEST) -> str:
    """The text, cut where it is long."""
    text = (text or "").strip()
    return text if len(text) <= longest else f"{text[:longest]}..."


def licenses_of(task: dict[str, Any]) -> Iterable[str]:
    """Each licence of a task: an SPDX expression, or else the task's words."""
    for entry in task.get("licenses", ()):
        text = " ".join(entry["text"].split())
        yield entry.get("spdx") or licenses.spdx_of(text) or text


def languages_of(task: dict[str, Any]) -> Iterable[str]:
    """The canonical tags of the languages of a task, as often as it names them."""
    for tags in task.get("languages", {}).values():
        for tag in tags:
            if languages.is_tag(tag):
                yield languages.canonical_tag(tag)


def license_class_of(columns: Columns) -> str:
    """What every row of the task has in the column of that name: its strictest class."""
    (name,) = (
        column.per_task(columns)
        for column in INSTANCES.columns
        if column.name == "license_class" and column.per_task
    )
    return str(name)

"""Findings, their severities and fixes, and the report of a run: frozen values."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal, NamedTuple, Self

__all__ = ["Applicability", "Edit", "Finding", "Fix", "Report", "Severity", "Tally"]


class Severity(StrEnum):
    """`error` is certainly wrong; `warning` needs a person's attention."""

    ERROR = "error"
    WARNING = "warning"


class Applicability(StrEnum):
    """`safe` fixes keep every answer and row; `unsafe` fixes may merge, drop or choose."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(NamedTuple):
    """One change of a document, as in JSON Patch (RFC 6902).

    `add` takes a pointer to a missing key, or a pointer that ends with `/-` for the end of a list.
    The pointers of all edits of a fix refer to the document before the first edit.
    """

    action: Literal["replace", "remove", "add"]
    pointer: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Fix:
    """A fix that needs no person; without edits, the file is rewritten in canonical form."""

    applicability: Applicability
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem at one place.

    `pointer` is a JSON Pointer (RFC 6901) into the file on disk. `line` and `column` are 1-based
    and count code points. A finding about the whole file has pointer "", line 1, column 1.
    """

    code: str
    name: str
    severity: Severity
    path: str
    pointer: str
    line: int
    column: int
    message: str
    instance: str = ""
    """The id of the instance that contains the place; empty outside of instances."""
    excerpt: str = ""
    """The line of the file, shortened; empty if it cannot or must not be shown."""
    caret: int = 0
    """The place in the excerpt: 0-based, in code points."""
    fix: Fix | None = None

    @property
    def order(self) -> tuple[str, int, str, int, str, str]:
        """The sort key of every report: path, line, code, then the remaining fields."""
        return (self.path, self.line, self.code, self.column, self.pointer, self.message)


class Tally(NamedTuple):
    """The key by which findings are counted."""

    path: str
    code: str
    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The sorted findings of one run; `files` is the number of checked files.

    `findings` may hold only the first findings of a rule in a file; `tallies` counts all of them.
    """

    files: int
    findings: tuple[Finding, ...]
    tallies: Mapping[Tally, int]

    @classmethod
    def of(
        cls, files: int, findings: Iterable[Finding], tallies: Mapping[Tally, int] | None = None
    ) -> Self:
        """Return a report of sorted findings; without `tallies`, the findings are counted."""
        ordered = tuple(sorted(findings, key=lambda finding: finding.order))
        if tallies is None:
            tallies = Counter(tally(finding) for finding in ordered)
        return cls(files=files, findings=ordered, tallies=dict(sorted(tallies.items())))

    def capped(self, most: int | None) -> Self:
        """Return the report with at most `most` findings of a rule in a file; counts stay."""
        if most is None:
            return self
        seen: Counter[tuple[str, str]] = Counter()
        first = []
        for finding in self.findings:
            seen[finding.path, finding.code] += 1
            if seen[finding.path, finding.code] <= most:
                first.append(finding)
        return replace(self, findings=tuple(first))

    @property
    def counts(self) -> dict[str, int]:
        """The number of findings by code, sorted; never capped."""
        counts: Counter[str] = Counter()
        for key, count in self.tallies.items():
            counts[key.code] += count
        return dict(sorted(counts.items()))

    def count(self, severity: Severity) -> int:
        """Return the number of findings of one severity; never capped."""
        return sum(count for key, count in self.tallies.items() if key.severity is severity)

    def failed(self, *, strict: bool = False) -> bool:
        """Return whether there is an error or, with `strict`, any finding."""
        return any(strict or key.severity is Severity.ERROR for key in self.tallies)


def tally(finding: Finding) -> Tally:
    """Return the key by which a finding is counted."""
    return Tally(finding.path, finding.code, finding.severity)

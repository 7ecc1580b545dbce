"""What is wrong, where, and how to mend it: frozen values that every reporter reads."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal, NamedTuple, Self

__all__ = ["Applicability", "Edit", "Finding", "Fix", "Report", "Severity", "Tally"]


class Severity(StrEnum):
    """`error` is what is surely wrong; `warning` is what a person should look at."""

    ERROR = "error"
    WARNING = "warning"


class Applicability(StrEnum):
    """`safe` fixes keep every answer and every row; `unsafe` ones merge, drop or choose."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(NamedTuple):
    """One change of a document, as in JSON Patch (RFC 6902).

    `add` takes a pointer to a key that is not there yet, or one that ends in `/-` for the end of a
    list. All edits of a fix point into the document as it was before the first of them.
    """

    action: Literal["replace", "remove", "add"]
    pointer: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Fix:
    """How a fault can be mended without a person; no edits: by writing the file anew."""

    applicability: Applicability
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault at one place.

    `pointer` is an RFC 6901 JSON pointer into the file as it stands; `line` and `column` are
    1-based and count code points. A fault of the file as a whole has pointer "", line 1, column 1.
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
    """The id of the instance that the pointer leads into, if it leads into one."""
    excerpt: str = ""
    """The line of the file, cut where it is long; empty where it must not or cannot be shown."""
    caret: int = 0
    """Where in the excerpt the fault stands: 0-based, in code points."""
    fix: Fix | None = None

    @property
    def order(self) -> tuple[str, int, str, int, str, str]:
        """The sort key of every report: path, line, code, then what is left to tell apart."""
        return (self.path, self.line, self.code, self.column, self.pointer, self.message)


class Tally(NamedTuple):
    """What findings are counted by."""

    path: str
    code: str
    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The findings of one run, sorted, over `files` files that were looked at.

    Of many findings of one rule in one file only the first may be here; `tallies` counts them all.
    """

    files: int
    findings: tuple[Finding, ...]
    tallies: Mapping[Tally, int]

    @classmethod
    def of(
        cls, files: int, findings: Iterable[Finding], tallies: Mapping[Tally, int] | None = None
    ) -> Self:
        """A report with its findings in order; without tallies, those of the findings."""
        ordered = tuple(sorted(findings, key=lambda finding: finding.order))
        if tallies is None:
            tallies = Counter(tally(finding) for finding in ordered)
        return cls(files=files, findings=ordered, tallies=dict(sorted(tallies.items())))

    def capped(self, most: int | None) -> Self:
        """The same with at most so many findings of one rule in one file; all are counted."""
        if most is None:
            return self
        made: Counter[tuple[str, str]] = Counter()
        first = []
        for finding in self.findings:
            made[finding.path, finding.code] += 1
            if made[finding.path, finding.code] <= most:
                first.append(finding)
        return replace(self, findings=tuple(first))

    @property
    def counts(self) -> dict[str, int]:
        """How many findings each code has, by code; never capped."""
        counts: Counter[str] = Counter()
        for about, count in self.tallies.items():
            counts[about.code] += count
        return dict(sorted(counts.items()))

    def count(self, severity: Severity) -> int:
        """How many findings are of one severity; never capped."""
        return sum(count for about, count in self.tallies.items() if about.severity is severity)

    def failed(self, *, strict: bool = False) -> bool:
        """True for any error, and with `strict` for any finding at all."""
        return any(strict or about.severity is Severity.ERROR for about in self.tallies)


def tally(finding: Finding) -> Tally:
    """What a finding is counted by."""
    return Tally(finding.path, finding.code, finding.severity)

"""What is wrong, where, and how to mend it: frozen values that every reporter reads."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

__all__ = ["Finding", "Report", "Severity"]


class Severity(StrEnum):
    """`error` is what is surely wrong; `warning` is what a person should look at."""

    ERROR = "error"
    WARNING = "warning"


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

    @property
    def order(self) -> tuple[str, int, str, int, str, str]:
        """The sort key of every report: path, line, code, then what is left to tell apart."""
        return (self.path, self.line, self.code, self.column, self.pointer, self.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All findings of one run, sorted, over `files` files that were looked at."""

    files: int
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, files: int, findings: Iterable[Finding]) -> Self:
        """A report with its findings in order."""
        return cls(files=files, findings=tuple(sorted(findings, key=lambda finding: finding.order)))

    @property
    def counts(self) -> dict[str, int]:
        """How many findings each code has, by code; never capped."""
        return dict(sorted(Counter(finding.code for finding in self.findings).items()))

    def count(self, severity: Severity) -> int:
        """How many findings are of one severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def failed(self, *, strict: bool = False) -> bool:
        """True for any error, and with `strict` for any finding at all."""
        return bool(self.findings) if strict else self.count(Severity.ERROR) > 0

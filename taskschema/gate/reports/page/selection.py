"""Counts all findings, and selects those that the page has room to show."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple, Self

from taskschema.core.findings import Finding, Report, Severity

__all__ = ["MOST_HERE", "ShownFindings", "ShownGroup", "Sums", "select"]

# A finding takes about a kilobyte in its two sections. These limits keep the page below 5 MB, which
# a phone can open.
MOST_FINDINGS = 3_000
MOST_GROUPS = 2_000
MOST_HERE = 20  # findings of one rule in one file


class Sums(NamedTuple):
    """The number of findings by severity."""

    errors: int
    warnings: int

    @property
    def total(self) -> int:
        """The number of all findings."""
        return self.errors + self.warnings

    @property
    def rank(self) -> tuple[int, int]:
        """The sort key: most errors first, then most warnings."""
        return (-self.errors, -self.warnings)

    @classmethod
    def over(cls, many: Iterable[Self]) -> Self:
        """Add up several sums."""
        errors = warnings = 0
        for sums in many:
            errors += sums.errors
            warnings += sums.warnings
        return cls(errors, warnings)


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """The findings of one rule in one file; `shown` are those on the page."""

    code: str
    path: str
    sums: Sums
    shown: Sequence[Finding] = ()

    @property
    def key(self) -> tuple[str, str]:
        """The identity of the group."""
        return (self.code, self.path)

    @property
    def hidden(self) -> int:
        """The number of findings that are not shown."""
        return self.sums.total - len(self.shown)


@dataclass(frozen=True, slots=True)
class ShownFindings:
    """All groups by rule and by file, the worst first."""

    by_rule: Mapping[str, Sequence[ShownGroup]]
    by_file: Mapping[str, Sequence[ShownGroup]]
    numbers: Mapping[str, int]
    """Numbers of the files, from 1, for anchors."""
    most_here: int
    """The maximum number of findings that a group shows."""

    def anchor(self, group: ShownGroup) -> str:
        """Return the HTML id of a group."""
        return f"{group.code}-{self.numbers[group.path]}"

    @property
    def hidden(self) -> int:
        """The number of findings that are counted but not shown."""
        return sum(group.hidden for group in chain.from_iterable(self.by_rule.values()))


def select(report: Report) -> ShownFindings:
    """Count by the report's tallies, and select findings of every group up to the limits."""
    counted: dict[tuple[str, str], Sums] = defaultdict(lambda: Sums(0, 0))
    for (path, code, severity), count in report.tallies.items():
        added = Sums(count, 0) if severity is Severity.ERROR else Sums(0, count)
        counted[code, path] = Sums.over((counted[code, path], added))
    findings: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        findings[finding.code, finding.path].append(finding)

    groups = sorted(
        (ShownGroup(*key, sums, findings.get(key, ())) for key, sums in counted.items()),
        key=lambda group: (group.sums.rank, group.path, group.code),
    )
    by_rule = _worst_first(groups, lambda group: group.code)
    most_groups = level(map(len, by_rule.values()), MOST_GROUPS)
    open_keys = {group.key for same in by_rule.values() for group in same[:most_groups]}
    sizes = (len(findings.get(key, ())) for key in open_keys)
    most_here = min(MOST_HERE, level(sizes, MOST_FINDINGS))
    groups = [
        replace(group, shown=tuple(group.shown[:most_here] if group.key in open_keys else ()))
        for group in groups
    ]
    by_file = _worst_first(groups, lambda group: group.path)
    return ShownFindings(
        by_rule=_worst_first(groups, lambda group: group.code),
        by_file=by_file,
        numbers={path: number for number, path in enumerate(by_file, 1)},
        most_here=most_here,
    )


def level(sizes: Iterable[int], room: int) -> int:
    """Return the largest limit per size so that all sizes fit together into `room`; at least 1."""
    ordered = sorted(sizes)
    for index, size in enumerate(ordered):
        share = room // (len(ordered) - index)
        if size > share:
            return max(share, 1)
        room -= size
    return max(ordered[-1], 1) if ordered else 1


def _worst_first(
    groups: Iterable[ShownGroup], key: Callable[[ShownGroup], str]
) -> dict[str, tuple[ShownGroup, ...]]:
    """Group by key, keeping the order in a group; the keys with the most errors come first."""
    alike: dict[str, list[ShownGroup]] = defaultdict(list)
    for group in groups:
        alike[key(group)].append(group)
    return {
        same: tuple(alike[same])
        for same in sorted(
            alike, key=lambda same: (Sums.over(group.sums for group in alike[same]).rank, same)
        )
    }

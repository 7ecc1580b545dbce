"""What the page counts, which is everything, and which of the findings it has room to show."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple, Self

from taskschema.core.findings import Finding, Report, Severity

__all__ = ["MOST_HERE", "ShownFindings", "ShownGroup", "Sums", "select"]

# A finding takes about a kilobyte in its two places; together this keeps the page below 5 MB,
# which a phone still opens.
MOST_FINDINGS = 3_000
MOST_GROUPS = 2_000
# More of the same in one file tell a reader nothing that these did not.
MOST_HERE = 20


class Sums(NamedTuple):
    """How many findings there are, by severity."""

    errors: int
    warnings: int

    @property
    def total(self) -> int:
        """Findings of either severity."""
        return self.errors + self.warnings

    @property
    def rank(self) -> tuple[int, int]:
        """The sort key that puts the worst first."""
        return (-self.errors, -self.warnings)

    @classmethod
    def over(cls, many: Iterable[Self]) -> Self:
        """All of them together."""
        errors = warnings = 0
        for sums in many:
            errors += sums.errors
            warnings += sums.warnings
        return cls(errors, warnings)


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """The findings of one rule in one file; `shown` are those that there is room for."""

    code: str
    path: str
    sums: Sums
    shown: Sequence[Finding] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other group."""
        return (self.code, self.path)

    @property
    def left_out(self) -> int:
        """How many are not shown."""
        return self.sums.total - len(self.shown)


@dataclass(frozen=True, slots=True)
class ShownFindings:
    """Every group once by its rule and once by its file, the worst first."""

    by_rule: Mapping[str, Sequence[ShownGroup]]
    by_file: Mapping[str, Sequence[ShownGroup]]
    numbers: Mapping[str, int]
    """Of the files, from 1, for anchors."""
    most_here: int
    """How many of a group are shown."""

    def anchor(self, group: ShownGroup) -> str:
        """The id of the place where a group's findings are shown."""
        return f"{group.code}-{self.numbers[group.path]}"

    @property
    def left_out(self) -> int:
        """How many findings are counted but not shown."""
        return sum(group.left_out for group in chain.from_iterable(self.by_rule.values()))


def select(report: Report) -> ShownFindings:
    """Count by the report's tallies, and take as many findings of every group as there is room."""
    counted: dict[tuple[str, str], Sums] = defaultdict(lambda: Sums(0, 0))
    for about, count in report.tallies.items():
        here = Sums(count, 0) if about.severity is Severity.ERROR else Sums(0, count)
        counted[about.code, about.path] = Sums.over((counted[about.code, about.path], here))
    findings: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        findings[finding.code, finding.path].append(finding)

    groups = sorted(
        (ShownGroup(*key, sums, findings.get(key, ())) for key, sums in counted.items()),
        key=lambda group: (group.sums.rank, group.path, group.code),
    )
    by_rule = _worst_first(groups, lambda group: group.code)
    most_groups = level(map(len, by_rule.values()), MOST_GROUPS)
    roomy = {(group.code, group.path) for same in by_rule.values() for group in same[:most_groups]}
    most_here = min(MOST_HERE, level((len(findings.get(key, ())) for key in roomy), MOST_FINDINGS))
    groups = [
        replace(group, shown=tuple(group.shown[:most_here] if group.key in roomy else ()))
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
    """The largest number that all sizes can be cut to so that they fit together; at least 1."""
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
    """The groups of equal key, in their order; the keys with most errors first."""
    alike: dict[str, list[ShownGroup]] = defaultdict(list)
    for group in groups:
        alike[key(group)].append(group)
    return {
        same: tuple(alike[same])
        for same in sorted(
            alike, key=lambda same: (Sums.over(group.sums for group in alike[same]).rank, same)
        )
    }

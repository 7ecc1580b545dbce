"""The account of a conversion: what it read, wrote, refused and lost."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from taskschema.convert.format import Loss
from taskschema.convert.pieces import Document, Problem, SourceCounts
from taskschema.core.findings import Finding, Report, Severity, Tally
from taskschema.core.syntax.json_pointers import Position as At
from taskschema.core.syntax.json_pointers import tokens
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import ConversionRule, Violation
from taskschema.rules.rule_findings import Hit, make_finding

__all__ = ["ConversionAccount", "ProblemLog", "covered", "losses_of"]

MOST_FINDINGS = 1_000  # kept of one rule in one file; all are counted


@dataclass(slots=True, kw_only=True)
class ProblemLog:
    """The problems found so far, as findings."""

    files: int = 0
    """Files or folders that were read."""
    findings: list[Finding] = field(default_factory=list)
    """Of one rule in one file, only the first."""
    tallies: Counter[Tally] = field(default_factory=Counter)
    """The number of all findings."""

    @property
    def report(self) -> Report:
        """The findings, sorted, with the number of all."""
        return Report.of(self.files, self.findings, self.tallies)

    def add_finding(self, found: Finding) -> None:
        """Add a finding."""
        tally = Tally(found.path, found.code, found.severity)
        self.tallies[tally] += 1
        if self.tallies[tally] <= MOST_FINDINGS:
            self.findings.append(found)

    def add_problem(self, problem: Problem) -> None:
        """Add a problem as a finding of its rule; one that refuses nothing is a warning."""
        severity = None if problem.refuses else Severity.WARNING
        place = problem.place
        violation = Violation(place.pointer, problem.message, severity)
        at = At(place.line, place.column, "", 0)
        self.add_finding(make_finding(Hit(_rules()[problem.rule], violation), place.path, at))


@dataclass(slots=True, kw_only=True)
class ConversionAccount(ProblemLog):
    """Everything that a conversion read, wrote, refused and lost so far."""

    source: str
    """The name of the format that is read."""
    target: str
    """The name of the format that is written."""
    read: int = 0
    """Rows of the source."""
    kept: int = 0
    """Instances that are written."""
    merged: int = 0
    """Rows that became part of the instance of an earlier row."""
    refused: int = 0
    """Rows that are not written because of a problem."""
    tasks: int = 0
    """Tasks that are written."""
    loses: Mapping[str, Loss] = field(default_factory=dict)
    """The losses that the target's format declares, by pattern."""
    lost: Counter[str] = field(default_factory=Counter)
    """By pattern, the number of tasks that lost something to it."""
    last_task: int | None = None
    """Instances of the task that the writer took last; None if it was refused."""

    @property
    def failed(self) -> bool:
        """Whether anything was refused or lost."""
        return bool(self.lost) or self.report.failed()

    @property
    def losses(self) -> list[tuple[str, int]]:
        """What the target has no place for, in words, and the number of tasks that had it."""
        return [(self.loses[pattern].what, count) for pattern, count in sorted(self.lost.items())]

    def add_counts(self, counts: SourceCounts) -> None:
        """Add rows of the source that its format counted."""
        self.read += counts.read
        self.merged += counts.merged
        self.refused += counts.refused

    def add_task(self, task: Document) -> None:
        """Count a task that the writer takes, and what it loses."""
        self.tasks += 1
        self.last_task = len(task["instances"])
        self.kept += self.last_task
        self.lost.update(losses_of(task, self.loses))

    def refuse_instances(self, instances: int) -> None:
        """Count instances that the writer refuses of tasks that were counted as kept."""
        self.kept -= instances
        self.refused += instances

    def refuse_last_task(self) -> None:
        """Count the task that the writer took last as refused; a second call changes nothing."""
        if self.last_task is not None:
            self.tasks -= 1
            self.refuse_instances(self.last_task)
        self.last_task = None


@cache
def _rules() -> dict[str, ConversionRule]:
    return {rule.name: rule for rule in rules_of(ConversionRule)}


def losses_of(task: Document, loses: Mapping[str, Loss]) -> Iterator[str]:
    """Yield each pattern of `loses` that matches something in a task.

    Empty lists and objects do not count as lost.
    """
    for pattern, loss in loses.items():
        values = _values(task, tuple(tokens(pattern)))
        if any(loss.when(value) for value in values if value not in ([], {})):
            yield pattern


def covered(pointer: str, task: Document, loses: Mapping[str, Loss]) -> bool:
    """Whether a declared loss explains that the value at a pointer has changed."""
    path = tuple(tokens(pointer))
    for pattern, loss in loses.items():
        parts = tuple(tokens(pattern))
        if len(parts) > len(path) or not all(map(_matches, parts, path)):
            continue
        if all(loss.when(value) for value in _values(task, path[: len(parts)])):
            return True
    return False


def _matches(part: str, token: str) -> bool:
    return part in ("*", token) or (part == "+" and token.isdecimal() and token != "0")


def _values(value: Any, pattern: tuple[str, ...]) -> Iterator[Any]:
    """The values at all places that match a pattern."""
    if not pattern:
        yield value
        return
    part, *rest = pattern
    if isinstance(value, dict):
        keys = value if part == "*" else [part] if part in value else []
        for key in keys:
            yield from _values(value[key], tuple(rest))
    elif isinstance(value, list):
        if part in ("*", "+"):
            items = value[part == "+" :]
        else:
            items = value[int(part) : int(part) + 1] if part.isdecimal() else []
        for item in items:
            yield from _values(item, tuple(rest))

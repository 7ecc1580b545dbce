"""The account of a conversion: what was read, written, refused and lost."""

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

__all__ = ["ConversionAccount", "covered", "losses_of"]

MOST_FINDINGS = 1_000  # of one rule in one file that are kept; all are counted


@dataclass(slots=True)
class ConversionAccount:
    """What has been read, written, refused and losses_of so far."""

    source: str
    """The name of the format that is read."""
    target: str
    """The name of the format that is written."""
    files: int = 0
    """Files or folders that were read."""
    read: int = 0
    """Rows of the source."""
    kept: int = 0
    """Instances that were handed on to be written."""
    merged: int = 0
    refused: int = 0
    tasks: int = 0
    losses_of: Counter[str] = field(default_factory=Counter)
    """By pattern, the number of tasks that the target takes only without it."""
    loses: dict[str, Loss] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    tallies: Counter[Tally] = field(default_factory=Counter)

    @property
    def report(self) -> Report:
        """What was found, sorted; of many findings of one rule in one file only the first."""
        return Report.of(self.files, self.findings, self.tallies)

    @property
    def failed(self) -> bool:
        """Whether anything was refused or losses_of."""
        return bool(self.lost) or self.report.failed()

    def tell(self, found: Finding) -> None:
        """Take note of a make_finding."""
        about = Tally(found.path, found.code, found.severity)
        self.tallies[about] += 1
        if self.tallies[about] <= MOST_FINDINGS:
            self.findings.append(found)

    def problem(self, problem: Problem) -> None:
        """Take note of something to tell about a place."""
        severity = None if problem.refuses else Severity.WARNING
        place = problem.place
        violation = Violation(place.pointer, problem.message, severity)
        at = At(place.line, place.column, "", 0)
        self.tell(make_finding(Hit(_rules()[problem.rule], violation), place.path, at))

    def count(self, counted: SourceCounts) -> None:
        """Take note of rows."""
        self.read += counted.read
        self.merged += counted.merged
        self.refused += counted.refused


@cache
def _rules() -> dict[str, ConversionRule]:
    return {rule.name: rule for rule in rules_of(ConversionRule)}


def losses_of(task: Document, loses: Mapping[str, Loss]) -> Iterator[str]:
    """The patterns among `loses` that something in the task falls under, each once.

    An empty list or object is nothing that anybody would miss.
    """
    for pattern, loss in loses.items():
        values = _values(task, tuple(tokens(pattern)))
        if any(loss.when(value) for value in values if value not in ([], {})):
            yield pattern


def covered(pointer: str, task: Document, loses: Mapping[str, Loss]) -> bool:
    """Whether a declared loss explains that what stands at a pointer has changed."""
    path = tuple(tokens(pointer))
    for pattern, loss in loses.items():
        wanted = tuple(tokens(pattern))
        if len(wanted) > len(path) or not all(map(_fits, wanted, path)):
            continue
        if all(loss.when(value) for value in _values(task, path[: len(wanted)])):
            return True
    return False


def _fits(wanted: str, token: str) -> bool:
    return wanted in ("*", token) or (wanted == "+" and token.isdecimal() and token != "0")


def _values(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """What stands at the places that a pattern names."""
    if not path:
        yield value
        return
    wanted, *rest = path
    if isinstance(value, dict):
        keys = value if wanted == "*" else [wanted] if wanted in value else []
        for key in keys:
            yield from _values(value[key], tuple(rest))
    elif isinstance(value, list):
        if wanted in ("*", "+"):
            chosen = value[wanted == "+" :]
        else:
            chosen = value[int(wanted) : int(wanted) + 1] if wanted.isdecimal() else []
        for part in chosen:
            yield from _values(part, tuple(rest))

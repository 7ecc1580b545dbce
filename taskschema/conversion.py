"""The account of a conversion: what was read, written, refused and lost."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from taskschema.findings import Finding, Report, Severity, Tally
from taskschema.formats import Counted, Loss, Problem
from taskschema.places import Place as At
from taskschema.placing import Hit, finding
from taskschema.rules import ConversionRule, Violation, rules_of

__all__ = ["Conversion"]

MOST_FINDINGS = 1_000  # of one rule in one file that are kept; all are counted


@dataclass(slots=True)
class Conversion:
    """What has been read, written, refused and lost so far."""

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
    lost: Counter[str] = field(default_factory=Counter)
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
        """Whether anything was refused or lost."""
        return bool(self.lost) or self.report.failed()

    def tell(self, found: Finding) -> None:
        """Take note of a finding."""
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
        self.tell(finding(Hit(_rules()[problem.rule], violation), place.path, at))

    def count(self, counted: Counted) -> None:
        """Take note of rows."""
        self.read += counted.read
        self.merged += counted.merged
        self.refused += counted.refused


@cache
def _rules() -> dict[str, ConversionRule]:
    return {rule.name: rule for rule in rules_of(ConversionRule)}

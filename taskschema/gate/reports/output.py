"""Writes a report to standard output, a file or an HTML page, and applies the baseline."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from taskschema.core.errors import ConfigError, DestinationError
from taskschema.core.findings import Report
from taskschema.core.storage.atomic_files import identity, write_atomically
from taskschema.core.storage.paths import is_among
from taskschema.core.text.printing import several
from taskschema.gate import baseline
from taskschema.gate.reports.reporter import REPORTERS
from taskschema.gate.reports.shared.statistics import statistics
from taskschema.gate.target import CheckTarget

__all__ = ["ReportOutput", "ReportRequest"]

PAGE = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest:
    """The options of `check` that select where and how findings are reported."""

    reporter: str
    """The name of the reporter."""
    statistics: bool = False
    """Print the number of findings of each rule instead of the findings."""
    output: Path | None = None
    """Write the report to this file instead of standard output."""
    page: Path | None = None
    """Also write an HTML page to this file."""
    most: int | None = None
    """Report at most so many findings of one rule in one file; 0 for all, None for the default of
    the reporter."""
    baseline: Path | None = None
    """Report only findings that this file does not record."""
    update: bool = False
    """Record the findings in the baseline."""

    def require_valid(self, target: CheckTarget, *, diff: bool) -> None:
        """Validate the request before anything is fixed or written.

        Raises:
            ConfigError: options contradict each other, or the baseline cannot be read.
            DestinationError: a report would overwrite a file of the collection.
        """
        if diff and (option := next(self._options(), "")):
            raise ConfigError(f"--diff: only shows changes. Remove {option}.")
        if self.update and not self.baseline:
            raise ConfigError("--update-baseline: needs a file. Add --baseline FILE.")
        written = [path for path in (self.output, self.page, self.baseline) if path]
        for path in written:
            if is_among(path, target.paths):
                raise DestinationError(f"{path}: is a checked file. Name another file.")
            if is_among(path, target.companions):
                raise DestinationError(
                    f"{path}: is the configuration or a split list. Use another file."
                )
            if target.would_collect(path):
                raise DestinationError(
                    f"{path}: would be collected as a task. Use a file outside the folder."
                )
        if len(set(map(identity, written))) < len(written):
            raise DestinationError(
                f"{written[-1]}: two of --output-file, --report and --baseline name this file. "
                "Use a different file for each."
            )
        if self.baseline and not self.update:
            baseline.read(self.baseline)

    def _options(self) -> Iterator[str]:
        """Yield the given options that write files or change the output."""
        given = {
            "--output-file": self.output,
            "--report": self.page,
            "--statistics": self.statistics,
            "--baseline": self.baseline,
            "--update-baseline": self.update,
        }
        return (option for option, value in given.items() if value)

    @property
    def shown(self) -> int | None:
        """The number of findings of one rule in one file to report; None for all."""
        return REPORTERS.load(self.reporter).most if self.most is None else self.most or None

    @property
    def needed(self) -> int | None:
        """The number of findings of one rule in one file to collect; None for all."""
        if self.baseline:
            return None  # a recorded finding must not replace a new one
        counts = [self.shown]
        if self.page:
            counts.append(REPORTERS.load(PAGE).most)
        numbers = [count for count in counts if count is not None]
        return max(numbers) if len(numbers) == len(counts) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOutput:
    """The output of a check, and the findings that decide its exit code."""

    report: Report
    """The findings without those recorded in the baseline."""
    text: str
    """The text for standard output; empty if the report was written to a file."""
    notes: tuple[str, ...] = ()
    """The lines for standard error."""

    @classmethod
    def of(cls, report: Report, request: ReportRequest, *, color: bool) -> "ReportOutput":
        """Write the files of a request and return the text to print.

        Raises:
            ConfigError: the baseline cannot be read.
            DestinationError: a file cannot be written.
        """
        notes = []
        if request.update and request.baseline:
            write_atomically(request.baseline, baseline.recorded(report, request.baseline))
            count = several(len(report.findings), "finding")
            notes.append(f"{request.baseline}: {count} recorded.")
        if request.baseline:
            report = baseline.beyond(report, request.baseline)
        if request.page:
            write_atomically(request.page, REPORTERS.load(PAGE).render(report).encode())
        text = _rendered(report, request, color=color and not request.output)
        if request.output:
            write_atomically(request.output, text.encode())
            text = ""
        return cls(report=report, text=text, notes=tuple(notes))


def _rendered(report: Report, request: ReportRequest, *, color: bool) -> str:
    reporter = REPORTERS.load(request.reporter)
    if request.statistics:
        return statistics(report)
    render = reporter.coloured if color and reporter.coloured else reporter.render
    return render(report.capped(request.shown))

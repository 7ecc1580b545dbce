"""What `check` judges and how it tells of it."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from taskschema.cli.shared.terminal import wants_colour
from taskschema.collection import config
from taskschema.collection.collection import Collection, collect
from taskschema.collection.splits.lists import split_lists
from taskschema.core.errors import ConfigError, DestinationError, NoTasksError
from taskschema.core.findings import Report
from taskschema.core.storage.atomic_files import identity, write_atomically
from taskschema.core.storage.paths import is_among, is_remote, is_within, path_of
from taskschema.core.syntax.strict_json import MAX_BYTES
from taskschema.core.text.printing import several
from taskschema.gate import baseline
from taskschema.gate.check import CheckOptions, check_bytes, check_collection
from taskschema.gate.reports.reporter import REPORTERS, Reporter

__all__ = ["CheckTarget", "ReportRequest", "base", "changed", "require_sense", "run", "source"]

STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True)
class CheckTarget:
    """The files to judge; with `raw`, what the only one of them would hold."""

    collection: Collection
    raw: bytes | None = None
    folders: tuple[Path, ...] = ()
    """Those that were named, and whose task files are judged."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """The paths of the files, which for the standard input need not exist."""
        return self.collection.paths

    def would_hold(self, target: Path) -> bool:
        """Whether a new file would be taken for a task the next time."""
        folder = target.parent.resolve()
        return (
            target.suffix.lower() == ".json"
            and not target.name.startswith(".")
            and any(is_within(folder, named) for named in self.folders)
            and any(path.parent.resolve() == folder for path in self.paths)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest:
    """Where and how to tell what was found."""

    reporter: str
    statistics: bool
    output: Path | None
    page: Path | None
    most: int | None
    """Findings of one rule in one file, 0 for all; None leaves it to the reporter."""
    baseline: Path | None
    update: bool
    beside: bool
    """Whether to tell on the standard error stream, as the other holds a mended file."""

    def given(self) -> Iterator[tuple[str, object]]:
        """The options that ask for more than a look at the screen, and whether they were given."""
        yield "--output-file", self.output
        yield "--report", self.page
        yield "--statistics", self.statistics
        yield "--baseline", self.baseline
        yield "--update-baseline", self.update

    def own_most(self, reporter: Reporter) -> int | None:
        """Of how many findings of one rule in one file the reporter is to tell; None: all."""
        return reporter.most if self.most is None else self.most or None


def source(paths: list[Path], name: Path | None) -> CheckTarget:
    """The files that paths stand for; `-` is the standard input, under a name of its own."""
    if STANDARD_INPUT not in paths:
        if name is not None:
            raise NoTasksError("--stdin-filename: is for the standard input. Give - as the path.")
        folders = tuple(path.resolve() for path in paths if path.is_dir())
        return CheckTarget(collect(paths), folders=folders)
    if len(paths) > 1:
        raise NoTasksError("-: the standard input is checked by itself. Give no other path.")
    path = name or Path("stdin.json")
    if path.is_dir():
        raise NoTasksError(f"--stdin-filename: {path} is a folder. Give the name of a task file.")
    raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise NoTasksError(f"-: a task file has at most {MAX_BYTES:,} bytes. Split the task.")
    return CheckTarget(Collection(config.find(path), (path,)), raw)


def changed(source: CheckTarget, revision: str | None) -> frozenset[Path] | None:
    """The files that differ from a revision of git; None where none is given."""
    if revision is None:
        return None
    _require_revisions(source, "--changed-since")
    from taskschema.collection.revisions import changed_paths  # noqa: PLC0415

    return frozenset(changed_paths(source.collection.config.root, revision))


def base(source: CheckTarget, revision: str | None) -> str | None:
    """The revision whose names are taken; None where none is given."""
    if revision is not None:
        _require_revisions(source, "--base")
    return revision


def _require_revisions(source: CheckTarget, option: str) -> None:
    if source.raw is not None:
        raise ConfigError(f"{option}: the standard input has no revisions. Leave it out.")
    if is_remote(source.collection.config.root):
        raise ConfigError(f"{option}: an address has no revisions of git. Leave it out.")


def require_sense(source: CheckTarget, told: ReportRequest, *, diff: bool) -> None:
    """Refuse, before anything is mended or written, what could not be done in the end.

    Raises:
        ConfigError: options go ill together, or there is no baseline to compare with.
        DestinationError: a report would take the place of a file that is checked.
    """
    if diff and (options := [name for name, given in told.given() if given]):
        raise ConfigError(f"--diff: tells only what would change. Leave out {options[0]}.")
    if told.update and not told.baseline:
        raise ConfigError("--update-baseline: say which with --baseline FILE.")
    targets = [target for target in (told.output, told.page, told.baseline) if target]
    for target in targets:
        if is_among(target, source.paths):
            raise DestinationError(f"{target}: is among the files to check. Name another place.")
        if is_among(target, _settings(source.collection.config)):
            raise DestinationError(f"{target}: holds settings or a split list. Name another place.")
        if source.would_hold(target):
            raise DestinationError(
                f"{target}: would be taken for a task there. Name a place outside of the folder."
            )
    if len(set(map(identity, targets))) < len(targets):
        raise DestinationError(
            f"{targets[-1]}: two of --output-file, --report and --baseline would be written there. "
            "Name a place for each."
        )
    if told.baseline and not told.update:
        baseline.read(told.baseline)


def _settings(of: config.Config) -> Iterator[Path]:
    """The files beside the tasks that say what is to be done with them."""
    if of.path:
        yield of.path
    yield from (path_of(one.path) for one in split_lists(of.root))


def run(
    source: CheckTarget,
    options: CheckOptions,
    told: ReportRequest,
) -> Report:
    """Check, and write the report where it is wanted."""
    reporter: Reporter = REPORTERS.load(told.reporter)
    most = _most(reporter, told)
    options = replace(options, most=most)
    if source.raw is None:
        report = check_collection(source.collection, options)
    else:
        report = check_bytes(source.collection.paths[0], source.raw, source.collection, options)
    if told.update and told.baseline:
        write_atomically(told.baseline, baseline.recorded(report, told.baseline))
        recorded = several(len(report.findings), "finding")
        typer.echo(f"{told.baseline}: {recorded} recorded.", err=True)
    if told.baseline:
        report = baseline.beyond(report, told.baseline)
    if told.page:
        page = REPORTERS.load("html")
        write_atomically(told.page, page.render(report).encode())
    shown = report.capped(told.own_most(reporter))
    if told.statistics:
        from taskschema.gate.reports.shared.statistics import statistics  # noqa: PLC0415

        text = statistics(report)
    elif reporter.coloured and not told.output and wants_colour():
        text = reporter.coloured(shown)
    else:
        text = reporter.render(shown)
    if told.output:
        write_atomically(told.output, text.encode())
    else:
        typer.echo(text, nl=False, err=told.beside, color=True)
    return report


def _most(reporter: Reporter, told: ReportRequest) -> int | None:
    """How many findings of one rule in one file have to be made."""
    if told.baseline:
        return None  # a known one must not stand in the place of a new one
    wanted = [told.own_most(reporter)]
    if told.page:
        wanted.append(REPORTERS.load("html").most)
    counts = [count for count in wanted if count is not None]
    return max(counts) if len(counts) == len(wanted) else None

"""`taskschema split`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import SPLIT_ACTIONS, CollectionPath, ExecutorName, split_actions
from taskschema.cli.shared.findings import refuse
from taskschema.cli.shared.progress import working
from taskschema.cli.shared.report_format import ReportFormat
from taskschema.core.storage.paths import location
from taskschema.gate.reports.reporter import REPORTERS

if TYPE_CHECKING:
    from taskschema.collection.splits.survey import Survey


def split(
    action: Annotated[
        str,
        typer.Argument(
            callback=split_actions,
            autocompletion=values.words(*SPLIT_ACTIONS),
            metavar="ACTION",
            help="build: write the lists. check: check them.",
        ),
    ],
    path: CollectionPath = Path(),
    *,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="build: print the split and reason of each task, write nothing."
        ),
    ] = False,
    leaks: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.tsv",
            parser=location,
            help="check: write all leaks to this file, including small ones.",
        ),
    ] = None,
    format_: ReportFormat = "text",
    strict: Annotated[bool, typer.Option("--strict", help="check: fail on warnings too.")] = False,
    executor: ExecutorName = None,
) -> None:
    """Assign tasks to train, dev and test splits, or check them.

    The policy is [splits] in taskschema.toml [default: that of Super-NaturalInstructions]. build
    writes splits/TRACK/{train,dev,test,excluded}_tasks.txt. check compares the lists with the
    policy, and training tasks with held-out tasks by source and by input.

    Example: taskschema split build --dry-run
    """
    from taskschema.collection.splits.survey import survey  # noqa: PLC0415
    from taskschema.core.errors import ConfigError  # noqa: PLC0415

    given = {"--leaks": leaks, "--format": format_ != "text", "--strict": strict}
    if action == "build" and (name := next(filter(given.get, given), "")):
        raise ConfigError(f"{name}: applies to `split check` only. Remove it, or run that command.")
    if action == "check" and dry_run:
        raise ConfigError(
            "--dry-run: applies to `split build` only; check writes no lists. Remove it."
        )
    with working("reading", executor) as workers:
        seen = survey(path, workers)
    if action == "build":
        _build(seen, dry_run=dry_run)
    else:
        _check(seen, leaks, format_, executor, strict=strict)


def _build(seen: "Survey", *, dry_run: bool) -> None:
    from taskschema.authoring.split import write  # noqa: PLC0415
    from taskschema.collection.splits.policy import strangers  # noqa: PLC0415
    from taskschema.core.text.printing import printable, several  # noqa: PLC0415

    if seen.refused:
        refuse(
            seen.refused,
            "Nothing was written: an unreadable task may be a held-out task. Fix the errors first.",
        )
        raise typer.Exit(1)
    for line in strangers(seen.policy, seen.tasks):
        typer.echo(f"taskschema: splits.{line}", err=True)
    if dry_run:
        for one in sorted(seen.planned):
            typer.echo("\t".join(printable(" ".join(cell.split())) for cell in one))
        return
    result = write(seen)
    for line in _sizes(seen):
        typer.echo(line)
    changed = several(len(result.changed), "list")
    where = seen.collection.config.root / "splits"
    typer.echo(f"{changed} written to {where}, {len(result.unchanged)} up to date.")
    for stray in result.stray:
        note = "not in the policy. Remove the file, or declare its track or splits.dev."
        typer.echo(f"taskschema: {stray}: {note}", err=True)


def _sizes(seen: "Survey") -> list[str]:
    """Return a line per track with the number of tasks of each split."""
    from collections import Counter  # noqa: PLC0415

    from taskschema.collection.splits.policy import SPLITS  # noqa: PLC0415

    counts = Counter((one.track, one.split) for one in seen.planned)
    tracks = {
        track: ", ".join(
            f"{counts[track, split]} {split}" for split in SPLITS if counts[track, split]
        )
        for track in sorted(seen.policy.tracks)
    }
    return [f"{track}: {sizes}" for track, sizes in tracks.items()]


def _check(
    seen: "Survey", leaks: Path | None, format_: str, executor: str | None, *, strict: bool
) -> None:
    from taskschema.collection.leaks import table  # noqa: PLC0415
    from taskschema.collection.splits.lists import split_lists  # noqa: PLC0415
    from taskschema.core.errors import DestinationError  # noqa: PLC0415
    from taskschema.core.storage.atomic_files import write_atomically  # noqa: PLC0415
    from taskschema.core.storage.paths import is_among, path_of  # noqa: PLC0415
    from taskschema.gate.split_check import check_splits  # noqa: PLC0415

    if leaks:
        config = seen.collection.config
        lists = [path_of(one.path) for one in split_lists(config.root)]
        for what, paths in (
            ("one of the tasks", seen.collection.paths),
            ("one of the lists", lists),
            ("the settings", [config.path] if config.path else []),
        ):
            if is_among(leaks, paths):
                raise DestinationError(f"{leaks}: is {what}. Give another path.")
    with working("comparing", executor) as workers:
        report, found = check_splits(seen, workers)
    if leaks:
        write_atomically(leaks, table(found))
    reporter = REPORTERS.load(format_)
    typer.echo(reporter.render(report.capped(reporter.most)), nl=False)
    raise typer.Exit(int(report.failed(strict=strict)))


COMMAND = split

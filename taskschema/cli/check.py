"""`taskschema check`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli._choices import TaskPaths, formats, listed, profiles
from taskschema.cli._progress import progress


def check(
    paths: TaskPaths = None,
    profile: Annotated[
        str | None,
        typer.Option(callback=profiles, metavar="NAME", help="Thresholds: default or superni."),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            callback=formats,
            metavar="NAME",
            help=f"How to report: {listed('reporters')}.",
        ),
    ] = "text",
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Let warnings fail the check too.")
    ] = False,
) -> None:
    """Find every fault of task files, each with its place and its cure.

    Exits with 1 if there is an error (with --strict, any finding), 2 if it cannot go on.

    Example: taskschema check tasks
    """
    from taskschema import plugins  # noqa: PLC0415
    from taskschema.check import check_collection  # noqa: PLC0415
    from taskschema.collection import collect  # noqa: PLC0415

    collection = collect(paths or [Path()])
    with progress("checking") as tell:
        report = check_collection(collection, profile=profile, progress=tell)
    reporter = plugins.load("taskschema.reporters", format_, "REPORTER")
    typer.echo(reporter.render(report), nl=False)
    raise typer.Exit(int(report.failed(strict=strict)))


COMMAND = check

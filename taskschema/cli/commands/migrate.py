"""`taskschema migrate`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import ExecutorName, versions
from taskschema.cli.shared.findings import refuse
from taskschema.cli.shared.progress import working
from taskschema.core.storage.paths import location


def migrate(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", parser=location, help="Task files and folders."),
    ],
    to: Annotated[
        str,
        typer.Option(
            metavar="N",
            callback=versions,
            autocompletion=values.versions,
            help="Target version: 1, 2 or 3.",
        ),
    ] = "3",
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            parser=location,
            help="Write to this folder [default: replace the files].",
        ),
    ] = None,
    *,
    lossy: Annotated[
        bool, typer.Option("--lossy", help="Replace files even if the target version loses fields.")
    ] = False,
    executor: ExecutorName = None,
) -> None:
    """Convert task files to another schema version.

    An upgrade loses nothing, and a downgrade of its result gives the same bytes. A downgrade that
    would lose fields skips the file, unless --output keeps the original or --lossy allows it.

    Example: taskschema migrate tasks --to 3
    """
    from taskschema.authoring.migrate import rewrite  # noqa: PLC0415
    from taskschema.cli.shared.writing import print_failures  # noqa: PLC0415
    from taskschema.collection.collection import collect  # noqa: PLC0415

    version = int(to)
    collection = collect(paths)
    with working("migrating", executor) as workers:
        result = rewrite(collection, paths, to=version, output=output, lossy=lossy, workers=workers)
    for line in result.notes:
        typer.echo(line, err=True)
    typer.echo(
        f"{result.written} written in version {to}, {result.unchanged} already in it, "
        f"{result.refused} skipped."
    )
    if result.findings:
        refuse(result.findings, "Unreadable files were skipped. Fix the errors, then run again.")
    if result.would_lose:
        typer.echo(
            "Use --output with another folder to keep the originals, or --lossy to lose fields.",
            err=True,
        )
    print_failures(result.failures)
    raise typer.Exit(2 if result.failures else int(result.refused > 0))


COMMAND = migrate

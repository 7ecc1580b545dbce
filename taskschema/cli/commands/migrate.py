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
        typer.Argument(metavar="PATH", parser=location, help="Task files and folders of them."),
    ],
    to: Annotated[
        str,
        typer.Option(
            metavar="N",
            callback=versions,
            autocompletion=values.versions,
            help="The version: 1, 2 or 3.",
        ),
    ] = "3",
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            parser=location,
            help="A folder to write to, instead of over the files.",
        ),
    ] = None,
    *,
    lossy: Annotated[
        bool, typer.Option("--lossy", help="Overwrite files even where an older version says less.")
    ] = False,
    executor: ExecutorName = None,
) -> None:
    """Rewrite task files in another schema version.

    Up nothing is lost, and down again gives the same bytes. A task that an older version cannot say
    whole is left as it is, unless --output keeps the original or --lossy gives it up.

    Example: taskschema migrate tasks --to 3
    """
    from taskschema.authoring.migrate import rewrite  # noqa: PLC0415
    from taskschema.collection.collection import collect  # noqa: PLC0415

    version = int(to)
    collection = collect(paths)
    with working("migrating", executor) as workers:
        result = rewrite(
            collection,
            paths,
            to=version,
            output=output,
            lossy=lossy,
            workers=workers,
        )
    for line in result.notes:
        typer.echo(line, err=True)
    typer.echo(
        f"{result.written} written in version {to}, {result.unchanged} in it already, "
        f"{result.refused} left as they are."
    )
    if result.findings:
        refuse(result.findings, "What cannot be read was left as it is. Mend it, migrate again.")
    if result.would_lose:
        typer.echo("Give --output DIR to keep the originals, or --lossy to do without.", err=True)
    for failure in result.failures:
        typer.echo(f"taskschema: {failure}", err=True)
    raise typer.Exit(2 if result.failures else int(result.refused > 0))


COMMAND = migrate

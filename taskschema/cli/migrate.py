"""`taskschema migrate`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli._findings import refuse
from taskschema.cli._progress import progress


def migrate(
    paths: Annotated[list[Path], typer.Argument(help="Task files and folders of them.")],
    to: Annotated[int, typer.Option(help="The schema version to write: 1, 2 or 3.")] = 3,
    output: Annotated[
        Path | None, typer.Option(help="A folder to write to, instead of over the files.")
    ] = None,
    *,
    lossy: Annotated[
        bool, typer.Option("--lossy", help="Overwrite files even where an older version says less.")
    ] = False,
) -> None:
    """Rewrite task files in another schema version.

    Up nothing is lost, and down again gives the same bytes. A task that an older version cannot say
    whole is left as it is, unless --output keeps the original or --lossy gives it up.

    Example: taskschema migrate tasks --to 3
    """
    from taskschema.collection import collect  # noqa: PLC0415
    from taskschema.rewrite import rewrite  # noqa: PLC0415
    from taskschema.schema import VERSIONS  # noqa: PLC0415

    if to not in VERSIONS:
        known = ", ".join(map(str, VERSIONS))
        raise typer.BadParameter(f"{to} is none of {known}.", param_hint="--to")
    collection = collect(paths)
    with progress("migrating") as tell:
        result = rewrite(collection, paths, to=to, output=output, lossy=lossy, progress=tell)
    for line in result.notes:
        typer.echo(line, err=True)
    typer.echo(f"{result.written} written in version {to}, {result.unchanged} in it already.")
    if result.findings:
        refuse(result.findings, "Those files were left as they are. Mend them and migrate again.")
    raise typer.Exit(int(result.refused > 0))


COMMAND = migrate

"""`taskschema index`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli.shared.choices import CollectionPath
from taskschema.cli.shared.findings import refuse


def index(
    path: CollectionPath = Path(),
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if the table is outdated.")
    ] = False,
) -> None:
    """Write the table of tasks in the README.md of their folder.

    The table is between two marker comments; a new file gets both. Other text stays unchanged.

    Example: taskschema index
    """
    from taskschema.authoring.index import index_of_tasks, write  # noqa: PLC0415
    from taskschema.core.text.printing import printable, several  # noqa: PLC0415

    listing = index_of_tasks(path)
    name = printable(listing.path.as_posix())
    if listing.findings:
        refuse(
            listing.findings,
            f"{name}: not written, since these tasks would be missing. Fix the errors first.",
        )
        raise typer.Exit(1)
    tasks = several(listing.tasks, "task")
    if not listing.is_stale:
        typer.echo(f"{name} is up to date with {tasks}.")
        return
    if check:
        state = "does not exist" if listing.before is None else "is outdated"
        typer.echo(f"{name} {state}. Run `taskschema index`.")
        raise typer.Exit(1)
    write(listing)
    typer.echo(f"{name} written with {tasks}.")


COMMAND = index

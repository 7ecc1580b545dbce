"""`taskschema index`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli.shared.findings import refuse
from taskschema.core.storage.paths import location


def index(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH",
            parser=location,
            help="The collection; the current folder by default.",
        ),
    ] = Path(),
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if the table is stale.")
    ] = False,
) -> None:
    """Write the table of tasks in README.md of their folder.

    The table stands between two marks, which a new file is given; the rest of the file stays.

    Example: taskschema index
    """
    from taskschema.authoring.index import index_of_tasks, write  # noqa: PLC0415
    from taskschema.core.text.printing import printable, several  # noqa: PLC0415

    found = index_of_tasks(path)
    name = printable(found.path.as_posix())
    if found.findings:
        refuse(found.findings, f"{name}: left as it is, as it would lack tasks. Mend them first.")
        raise typer.Exit(1)
    tasks = several(found.tasks, "task")
    if not found.is_stale:
        typer.echo(f"{name} lists {tasks} as they are.")
        return
    if check:
        state = "is not there" if found.before is None else "is stale"
        typer.echo(f"{name} {state}. `taskschema index` writes it.")
        raise typer.Exit(1)
    write(found)
    typer.echo(f"{name} written: {tasks}.")


COMMAND = index

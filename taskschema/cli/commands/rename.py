"""`taskschema rename`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli.completion import values
from taskschema.core.storage.paths import location


def rename(
    old: Annotated[
        str,
        typer.Argument(metavar="OLD", autocompletion=values.task_names, help="The name of a task."),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The name it is to have.")],
    *,
    collection: Annotated[
        Path,
        typer.Option(
            metavar="DIR",
            parser=location,
            help="The collection; the current folder by default.",
        ),
    ] = Path(),
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")
    ] = False,
    lossy: Annotated[
        bool,
        typer.Option("--lossy", help="Also in versions 1 and 2, which keep no old name."),
    ] = False,
) -> None:
    """Rename a task; its old name stays as an alias, and split lists and settings follow.

    So do its attachments and its generator where they are called as the task is. Ids of instances
    stay. What is left to do by hand is said.

    Example: taskschema rename recipes recipe_scaling --dry-run
    """
    from taskschema.authoring.rename.plan import plan  # noqa: PLC0415
    from taskschema.authoring.rename.plan import rename as do  # noqa: PLC0415
    from taskschema.core.text.printing import printable, several  # noqa: PLC0415

    planned = plan(collection, old, new, lossy=lossy)
    if not dry_run:
        do(planned)
    for source, target in ((planned.source, planned.target), *planned.moves):
        typer.echo(f"{printable(str(source))} -> {printable(str(target))}")
    for path, _ in planned.texts:
        typer.echo(f"{printable(str(path))}: the new name")
    for note in planned.notes:
        typer.echo(f"by hand: {printable(note)}", err=True)
    if dry_run:
        count = 1 + len(planned.moves) + len(planned.texts)
        typer.echo(f"{several(count, 'change')}, none of them made.", err=True)


COMMAND = rename

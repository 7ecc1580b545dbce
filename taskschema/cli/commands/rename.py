"""`taskschema rename`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import CollectionFolder, DryRun


def rename(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", autocompletion=values.task_names, help="Current name of the task."
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="New name of the task.")],
    *,
    collection: CollectionFolder = Path(),
    dry_run: DryRun = False,
    lossy: Annotated[
        bool,
        typer.Option(
            "--lossy", help="Rename files of versions 1 and 2 too, which cannot keep the old name."
        ),
    ] = False,
) -> None:
    """Rename a task and update its references.

    The old name becomes an alias. Split lists, settings, and attachments and a generator with the
    name of the task follow. Ids of instances stay. Other references are listed for you to change.

    Example: taskschema rename recipes recipe_scaling --dry-run
    """
    from taskschema.authoring.rename.plan import apply, plan  # noqa: PLC0415
    from taskschema.core.text.printing import printable, several  # noqa: PLC0415

    planned = plan(collection, old, new, lossy=lossy)
    if not dry_run:
        apply(planned)
    for source, target in ((planned.source, planned.target), *planned.moves):
        typer.echo(f"{printable(str(source))} -> {printable(str(target))}")
    for path, _ in planned.texts:
        typer.echo(f"{printable(str(path))}: the new name")
    for note in planned.notes:
        typer.echo(f"by hand: {printable(note)}", err=True)
    if dry_run:
        count = 1 + len(planned.moves) + len(planned.texts)
        typer.echo(f"{several(count, 'change')} planned, none made.", err=True)


COMMAND = rename

"""`taskschema ids`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import ID_ACTIONS, TaskPaths, id_actions
from taskschema.cli.shared.findings import refuse


def ids(
    action: Annotated[
        str,
        typer.Argument(
            callback=id_actions,
            autocompletion=values.words(*ID_ACTIONS),
            metavar="ACTION",
            help="add: give ids to instances without one.",
        ),
    ],
    paths: TaskPaths = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the ids that would be added, write nothing.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="The same, and exit with 1 if an instance has none.")
    ] = False,
) -> None:
    """Give instances without an id one that is made of their input, as NAME-3fe61b7cd205.

    The same input gets the same id, wherever it stands; ids that are there never change.

    Example: taskschema ids add draft.json
    """
    del action  # there is only one
    from taskschema.authoring.ids import identify  # noqa: PLC0415
    from taskschema.collection.collection import collect  # noqa: PLC0415
    from taskschema.core.storage.atomic_files import write_atomically  # noqa: PLC0415
    from taskschema.core.text.printing import printable, several  # noqa: PLC0415

    only_look = dry_run or check
    collection = collect(paths or [Path()])
    made = changed = unread = left = 0
    for found in identify(collection):
        if found.findings:
            refuse(found.findings, f"{found.path}: left as it is. Mend that first.")
            unread += 1
        for reason in found.refused:
            typer.echo(f"taskschema: {printable(f'{found.path}: {reason}')}", err=True)
            left += 1
        if found.data is None:
            continue
        if only_look:
            for pointer, new in found.made:
                typer.echo(f"{printable(f'{found.path}: {pointer}: {new}')}")
        else:
            write_atomically(found.path, found.data)
            typer.echo(f"{several(len(found.made), 'id')} added to {printable(str(found.path))}")
        made += len(found.made)
        changed += 1
    kept = len(collection) - changed - unread
    what = "to add" if only_look else "added"
    typer.echo(
        f"{several(made, 'id')} {what} in {several(changed, 'file')}, {kept:,} with nothing to add."
    )
    raise typer.Exit(int(bool(unread or left or (check and made))))


COMMAND = ids

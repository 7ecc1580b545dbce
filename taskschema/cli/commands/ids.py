"""`taskschema ids`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import ID_ACTIONS, DryRun, TaskPaths, id_actions
from taskschema.cli.shared.findings import refuse


def ids(
    action: Annotated[
        str,
        typer.Argument(
            callback=id_actions,
            autocompletion=values.words(*ID_ACTIONS),
            metavar="ACTION",
            help="add: add ids to instances without one.",
        ),
    ],
    paths: TaskPaths = None,
    *,
    dry_run: DryRun = False,
    check: Annotated[
        bool, typer.Option("--check", help="As --dry-run, and exit with 1 if an id is missing.")
    ] = False,
) -> None:
    """Add ids to instances without one.

    An id is derived from the input of its instance, e.g. NAME-3fe61b7cd205, so the same input gets
    the same id everywhere. Existing ids never change.

    Example: taskschema ids add draft.json
    """
    del action  # there is only one
    from taskschema.authoring.ids import add_ids  # noqa: PLC0415
    from taskschema.cli.shared.writing import FileWriter, print_failures  # noqa: PLC0415
    from taskschema.collection.collection import collect  # noqa: PLC0415
    from taskschema.core.text.printing import printable, several  # noqa: PLC0415

    writes_nothing = dry_run or check
    collection = collect(paths or [Path()])
    writer = FileWriter()
    made = changed = unread = skipped = 0
    for added in add_ids(collection):
        if added.findings:
            refuse(added.findings, f"{added.path}: skipped. Fix the errors, then run again.")
            unread += 1
        for reason in added.refused:
            typer.echo(f"taskschema: {printable(f'{added.path}: {reason}')}", err=True)
            skipped += 1
        if added.data is None:
            continue
        if writes_nothing:
            for pointer, new in added.made:
                typer.echo(f"{printable(f'{added.path}: {pointer}: {new}')}")
        elif writer.write(added.path, added.data):
            typer.echo(f"{several(len(added.made), 'id')} added to {printable(str(added.path))}")
        else:
            continue
        made += len(added.made)
        changed += 1
    kept = len(collection) - changed - unread - len(writer.failures)
    what = "to add" if writes_nothing else "added"
    files = several(changed, "file")
    typer.echo(f"{several(made, 'id')} {what} in {files}, {several(kept, 'file')} unchanged.")
    print_failures(writer.failures)
    if writer.failures:
        raise typer.Exit(2)
    raise typer.Exit(int(bool(unread or skipped or (check and made))))


COMMAND = ids

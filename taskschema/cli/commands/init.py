"""`taskschema init`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli.shared.choices import here


def init(
    folder: Annotated[
        str,
        typer.Argument(
            metavar="DIR", callback=here, help="New or empty folder, or an empty git clone."
        ),
    ],
    *,
    name: Annotated[
        str,
        typer.Option(
            metavar="TEXT", help="Title of the collection [default: the name of the folder]."
        ),
    ] = "",
    requirement: Annotated[
        str,
        typer.Option(
            metavar="TEXT",
            help="pip requirement of taskschema [default: this installation].",
        ),
    ] = "",
    keep: Annotated[
        bool,
        typer.Option("--keep", help="Keep existing files and add the missing ones."),
    ] = False,
) -> None:
    """Create a collection with an example task, settings and CI.

    Its continuous integration passes at once. Existing files are never changed.

    Example: taskschema init my-tasks --name "My tasks"
    """
    from taskschema.authoring.init import create_collection  # noqa: PLC0415
    from taskschema.core.text.printing import printable, several  # noqa: PLC0415

    created = create_collection(Path(folder), name=name, needs=requirement, keep=keep)
    if created.kept:
        kept = ", ".join(map(printable, created.kept))
        files = several(len(created.kept), "existing file")
        typer.echo(f"taskschema: {files} kept: {kept}", err=True)
    is_current = Path(folder) == Path()
    where = "the current folder" if is_current else printable(folder)
    typer.echo(f"{several(len(created.written), 'file')} written to {where}.")
    if "requirements.txt" in created.written:
        typer.echo(
            f"CI installs {created.requirement} (requirements.txt). If pip cannot find it, edit "
            "that file."
        )
    if created.written:
        command = "taskschema check" if is_current else f"taskschema check {where}"
        guide = "README.md" if "README.md" in created.written else "CONTRIBUTING.md"
        typer.echo(f"Next: run `{command}`, then read {guide}.")


COMMAND = init

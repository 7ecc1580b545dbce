"""`taskschema init`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli.shared.choices import here


def init(
    folder: Annotated[
        str,
        typer.Argument(
            metavar="DIR", callback=here, help="A folder that is new or empty, or a new clone."
        ),
    ],
    *,
    name: Annotated[
        str,
        typer.Option(metavar="TEXT", help="What it is called; by default as the folder is."),
    ] = "",
    requirement: Annotated[
        str,
        typer.Option(
            metavar="TEXT",
            help="How pip installs taskschema there; by default as it is installed here.",
        ),
    ] = "",
    keep: Annotated[
        bool,
        typer.Option("--keep", help="Leave the files that are there, and add what is missing."),
    ] = False,
) -> None:
    """Begin a collection of tasks of one's own: one task, settings, checks and guides.

    Its continuous integration passes at once. No file that is there is changed.

    Example: taskschema init my-tasks --name "My tasks"
    """
    from taskschema.authoring.init import found  # noqa: PLC0415
    from taskschema.core.text.printing import printable, several  # noqa: PLC0415

    made = found(Path(folder), name=name, needs=requirement, keep=keep)
    if made.kept:
        are = f"{several(len(made.kept), 'file')} there already, left as found"
        typer.echo(f"taskschema: {are}: {', '.join(map(printable, made.kept))}", err=True)
    is_here = Path(folder) == Path()
    where = "the current folder" if is_here else printable(folder)
    typer.echo(f"{several(len(made.written), 'file')} written to {where}.")
    if "requirements.txt" in made.written:
        cure = "where pip cannot find that, give --requirement."
        typer.echo(f"Its checks install {made.needs}, as requirements.txt says; {cure}")
    if made.written:
        checked = "taskschema check" if is_here else f"taskschema check {where}"
        guide = "README.md" if "README.md" in made.written else "CONTRIBUTING.md"
        typer.echo(f"Next: `{checked}`; {guide} says how to go on.")


COMMAND = init

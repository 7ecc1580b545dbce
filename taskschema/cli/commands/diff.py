"""`taskschema diff`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.analysis.diff.format import DIFF_FORMATS
from taskschema.cli.completion import values
from taskschema.cli.shared.choices import diff_formats, here, listed
from taskschema.cli.shared.progress import progress


def diff(
    base: Annotated[
        str,
        typer.Argument(
            metavar="BASE", callback=here, help="A git revision, a task file or a folder."
        ),
    ],
    head: Annotated[
        str | None,
        typer.Argument(metavar="HEAD", callback=here, help="The same; without one, the work tree."),
    ] = None,
    collection: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="The folder or file whose tasks are meant; the current folder by default.",
        ),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            callback=diff_formats,
            autocompletion=values.diff_formats,
            metavar="NAME",
            help=f"How to report: {listed(DIFF_FORMATS)}.",
        ),
    ] = "text",
    max_rows: Annotated[
        int,
        typer.Option(metavar="N", min=0, help="How many of each list to show; json shows all."),
    ] = 10,
    *,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if any task differs.")
    ] = False,
) -> None:
    """Say what a change means for the tasks: which rows, labels, licences and names are others.

    Files in different schema versions are compared by what they say. A change of the form alone, or
    of the order of instances, is told and counts as no difference.

    Example: taskschema diff main
    """
    from taskschema.analysis.diff.compare import compare  # noqa: PLC0415
    from taskschema.analysis.diff.sides import sides  # noqa: PLC0415

    with sides(base, head, collection) as both, progress("comparing") as tell:
        difference = compare(
            both.base,
            both.head,
            labels=both.labels,
            unchanged=both.unchanged,
            progress=tell,
        )
    renderer = DIFF_FORMATS.load(format_)
    typer.echo(renderer.render(difference, max_rows), nl=False)
    raise typer.Exit(int(exit_code and bool(difference)))


COMMAND = diff

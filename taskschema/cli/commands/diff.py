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
        typer.Argument(metavar="BASE", callback=here, help="Git revision, task file or folder."),
    ],
    head: Annotated[
        str | None,
        typer.Argument(
            metavar="HEAD", callback=here, help="Git revision, file or folder [default: work tree]."
        ),
    ] = None,
    collection: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="Folder or file to compare [default: the current folder].",
        ),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            callback=diff_formats,
            autocompletion=values.diff_formats,
            metavar="NAME",
            help=f"Output format: {listed(DIFF_FORMATS)}.",
        ),
    ] = "text",
    max_rows: Annotated[
        int,
        typer.Option(metavar="N", min=0, help="Rows to show per list; json shows all."),
    ] = 10,
    *,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if a task differs.")
    ] = False,
) -> None:
    """Compare tasks: rows, labels, licences and names.

    Files in different schema versions are compared by content. A change of form or of the order of
    instances is reported, but is not a difference.

    Example: taskschema diff main
    """
    from taskschema.analysis.diff.base_and_head import open_sides  # noqa: PLC0415
    from taskschema.analysis.diff.compare import compare  # noqa: PLC0415

    with open_sides(base, head, collection) as sides, progress("comparing") as tell:
        difference = compare(
            sides.base,
            sides.head,
            labels=sides.labels,
            unchanged=sides.unchanged,
            progress=tell,
        )
    renderer = DIFF_FORMATS.load(format_)
    typer.echo(renderer.render(difference, max_rows), nl=False)
    raise typer.Exit(int(exit_code and bool(difference)))


COMMAND = diff

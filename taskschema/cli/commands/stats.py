"""`taskschema stats`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import (
    CENSUS_FORMATS,
    ExecutorName,
    TaskPaths,
    census_formats,
)
from taskschema.cli.shared.findings import refuse
from taskschema.cli.shared.progress import working
from taskschema.core.storage.paths import location


def stats(
    paths: TaskPaths = None,
    *,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT",
            autocompletion=values.groups,
            help="Count by this only, and in full; repeatable: category, language, licence, "
            "licence-class, kind, domain, reasoning, method, contributor, source, version, task.",
        ),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            parser=location,
            help="Draw it too, as .svg, or as .png where resvg-py is installed.",
        ),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            callback=census_formats,
            autocompletion=values.words(*CENSUS_FORMATS),
            metavar="NAME",
            help="text, markdown, json.",
        ),
    ] = "text",
    executor: ExecutorName = None,
) -> None:
    """Count tasks and instances, and say where data is missing.

    By category, language, licence and kind of answer; then the balance of labels, lengths,
    demonstrations, and the gaps. A file that cannot be read is named, and the exit code is 1.

    Example: taskschema stats tasks --plot tasks.svg
    """
    from taskschema.analysis.stats import json, markdown, take, text  # noqa: PLC0415
    from taskschema.analysis.stats.plots import drawn, require_drawable  # noqa: PLC0415
    from taskschema.analysis.stats.tables import groups  # noqa: PLC0415
    from taskschema.cli.shared.terminal import width  # noqa: PLC0415
    from taskschema.collection.collection import collect  # noqa: PLC0415
    from taskschema.core.errors import DestinationError  # noqa: PLC0415
    from taskschema.core.storage.atomic_files import write_atomically  # noqa: PLC0415
    from taskschema.core.storage.paths import is_among  # noqa: PLC0415
    from taskschema.core.text.printing import several  # noqa: PLC0415

    wanted = groups(by or ())
    if plot:
        require_drawable(plot)
    collection = collect(paths or [Path()])
    if plot and is_among(plot, collection.paths):
        raise DestinationError(f"{plot}: is one of the tasks. Name another place.")
    with working("counting", executor) as workers:
        census = take(collection, workers)
    if plot:
        write_atomically(plot, drawn(census, plot, wanted))
    if format_ == "text":
        typer.echo(text.render(census, wanted, width=width()), nl=False)
    else:
        shape = json if format_ == "json" else markdown
        typer.echo(shape.render(census, wanted), nl=False)
    if plot:
        typer.echo(f"Drawn to {plot}.", err=True)
    if census.refused:
        left_out = several(len({finding.path for finding in census.refused}), "file")
        refuse(census.refused, f"Not counted: {left_out}. Mend that and count again.")
        raise typer.Exit(1)


COMMAND = stats

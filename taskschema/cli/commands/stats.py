"""`taskschema stats`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import STATS_FORMATS, ExecutorName, TaskPaths, stats_formats
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
            help="Show one detailed table by category, language, licence, licence-class, kind, "
            "domain, reasoning, method, contributor, source, version or task; repeatable.",
        ),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            parser=location,
            help="Also draw a plot: .svg, or .png if resvg-py is installed.",
        ),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            callback=stats_formats,
            autocompletion=values.words(*STATS_FORMATS),
            metavar="NAME",
            help="Output format: text, markdown, json.",
        ),
    ] = "text",
    executor: ExecutorName = None,
) -> None:
    """Count tasks and instances, and report missing data.

    The tables show categories, languages, licences, answer formats, balance of labels, lengths,
    demonstrations and gaps. Unreadable files are reported, and the exit code is 1.

    Example: taskschema stats tasks --plot tasks.svg
    """
    from taskschema.analysis.stats import json, markdown, text  # noqa: PLC0415
    from taskschema.analysis.stats.plots import drawn, require_drawable  # noqa: PLC0415
    from taskschema.analysis.stats.statistics import collect_statistics  # noqa: PLC0415
    from taskschema.analysis.stats.tables import groups  # noqa: PLC0415
    from taskschema.cli.shared.terminal import width  # noqa: PLC0415
    from taskschema.collection.collection import collect  # noqa: PLC0415
    from taskschema.core.errors import DestinationError  # noqa: PLC0415
    from taskschema.core.storage.atomic_files import write_atomically  # noqa: PLC0415
    from taskschema.core.storage.paths import is_among  # noqa: PLC0415
    from taskschema.core.text.printing import several  # noqa: PLC0415

    selected = groups(by or ())
    if plot:
        require_drawable(plot)
    collection = collect(paths or [Path()])
    if plot and is_among(plot, collection.paths):
        raise DestinationError(f"{plot}: is one of the tasks. Give another path.")
    with working("counting", executor) as workers:
        statistics = collect_statistics(collection, workers)
    if plot:
        write_atomically(plot, drawn(statistics, plot, selected))
    if format_ == "text":
        typer.echo(text.render(statistics, selected, width=width()), nl=False)
    else:
        renderer = json if format_ == "json" else markdown
        typer.echo(renderer.render(statistics, selected), nl=False)
    if plot:
        typer.echo(f"Plot written to {plot}.", err=True)
    if statistics.refused:
        files = several(len({finding.path for finding in statistics.refused}), "file")
        refuse(statistics.refused, f"Not counted: {files}. Fix the errors, then run again.")
        raise typer.Exit(1)


COMMAND = stats

"""`taskschema show`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import CollectionFolder, ViewSettings, assigned, listed
from taskschema.cli.shared.findings import refuse
from taskschema.views.view import VIEWS

if TYPE_CHECKING:
    from taskschema.analysis.show.page import TaskPage
    from taskschema.schema.columns import Columns


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            autocompletion=values.task_names,
            help="Name, alias or file of a task.",
        ),
    ],
    instance: Annotated[
        str | None,
        typer.Option(
            metavar="N|ID",
            help="Show one instance: an id, a number from 0, or /instances/N as in `check`.",
        ),
    ] = None,
    view: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=values.views,
            help=f"Show an instance in a view, i.e. as a model sees it: {listed(VIEWS)} "
            "[default instance: 0].",
        ),
    ] = None,
    set_: ViewSettings = None,
    seed: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="Random seed of the view [default: 0].")
    ] = None,
    *,
    markdown: Annotated[
        bool,
        typer.Option(
            "--markdown", help="Print Markdown for a pull request, with the result of `check`."
        ),
    ] = False,
    collection: CollectionFolder = Path(),
) -> None:
    """Show a task, or an instance as a model sees it.

    If an id is a number, --instance selects the id; /instances/N always selects the number.

    Example: taskschema show recipe_scaling --view messages --set demonstrations=2
    """
    from taskschema.analysis.show import markdown as markdown_renderer  # noqa: PLC0415
    from taskschema.analysis.show import text  # noqa: PLC0415
    from taskschema.analysis.show.check_summary import check_summary  # noqa: PLC0415
    from taskschema.analysis.show.task_page import task_page  # noqa: PLC0415
    from taskschema.cli.shared.terminal import wants_colour, width  # noqa: PLC0415
    from taskschema.collection.lookup import locate  # noqa: PLC0415
    from taskschema.collection.reading import read  # noqa: PLC0415
    from taskschema.core.errors import ConfigError  # noqa: PLC0415
    from taskschema.schema.columns import Columns  # noqa: PLC0415

    given = {"--set": set_, "--seed": seed is not None}
    if view is None and (option := next(filter(given.get, given), "")):
        raise ConfigError(f"{option}: needs a view. Name one with --view.")
    path, around = locate(name, collection)
    reading = read(path, around.config.root)
    if reading.document is None:
        refuse(reading.findings, "The task cannot be shown. Fix the errors, then run again.")
        raise typer.Exit(1)
    columns = Columns(reading.upgraded(), raw=reading.raw, path=path, root=around.config.root)
    if view is None and instance is None:
        page = task_page(columns, str(path), reading.version or 0)
    else:
        page = _instance(columns, instance, view, assigned(set_ or []), seed or 0)
    if markdown:
        typer.echo(markdown_renderer.render(page, check_summary(path, around)), nl=False)
    else:
        coloured = wants_colour()
        typer.echo(text.render(page, width=width(), coloured=coloured), nl=False, color=coloured)


def _instance(
    columns: "Columns", requested: str | None, view: str | None, given: dict[str, str], seed: int
) -> "TaskPage":
    """Return the page of one instance, in a view if one is given."""
    from taskschema.analysis.show.rows import instance_index  # noqa: PLC0415
    from taskschema.analysis.show.task_page import instance_page  # noqa: PLC0415
    from taskschema.analysis.show.view_page import view_options, view_page  # noqa: PLC0415

    options = view_options(view, seed, given) if view is not None else None
    index = instance_index(columns, "0" if requested is None else requested)
    if view is None or options is None:
        return instance_page(columns, index)
    return view_page(columns, index, view, options)


COMMAND = show

"""`taskschema show`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import assigned, listed
from taskschema.cli.shared.findings import refuse
from taskschema.core.storage.paths import location
from taskschema.views.view import VIEWS

if TYPE_CHECKING:
    from taskschema.analysis.show import Sheet
    from taskschema.schema.columns import Columns


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            autocompletion=values.task_names,
            help="A task's name or earlier name, or its file.",
        ),
    ],
    instance: Annotated[
        str | None,
        typer.Option(
            metavar="N|ID",
            help="Only this one: by id, or by number from 0, as in /instances/0 of `check`.",
        ),
    ] = None,
    view: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=values.views,
            help=f"As a model will see it, the first instance unless --instance is given: "
            f"{listed(VIEWS)}.",
        ),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            autocompletion=values.settings,
            help="A setting of the view; repeatable.",
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="Of what the view draws; 0 by default.")
    ] = None,
    *,
    markdown: Annotated[
        bool,
        typer.Option("--markdown", help="For the body of a pull request, with what `check` finds."),
    ] = False,
    collection: Annotated[
        Path,
        typer.Option(
            metavar="DIR", parser=location, help="Where to look; the current folder by default."
        ),
    ] = Path(),
) -> None:
    """Show a task as a person reads it, or an instance as a model will see it.

    Where an id is itself a number, --instance means the id; /instances/N always is the number.

    Example: taskschema show recipe_scaling --view messages --set demonstrations=2
    """
    from taskschema.analysis.show import markdown as page  # noqa: PLC0415
    from taskschema.analysis.show import text  # noqa: PLC0415
    from taskschema.analysis.show.check_result import checked  # noqa: PLC0415
    from taskschema.analysis.show.overview import overview  # noqa: PLC0415
    from taskschema.cli.shared.terminal import wants_colour, width  # noqa: PLC0415
    from taskschema.collection.lookup import locate  # noqa: PLC0415
    from taskschema.collection.reading import read  # noqa: PLC0415
    from taskschema.core.errors import ConfigError  # noqa: PLC0415
    from taskschema.schema.columns import Columns  # noqa: PLC0415

    given = {"--set": set_, "--seed": seed is not None}
    if view is None and (option := next(filter(given.get, given), "")):
        raise ConfigError(f"{option}: is for a view. Name one with --view.")
    path, around = locate(name, collection)
    reading = read(path, around.config.root)
    if reading.document is None:
        refuse(reading.findings, "It cannot be shown. Mend that and try again.")
        raise typer.Exit(1)
    columns = Columns(reading.upgraded(), raw=reading.raw, path=path, root=around.config.root)
    if view is None and instance is None:
        sheet = overview(columns, str(path), reading.version or 0)
    else:
        sheet = _part(columns, instance, view, assigned(set_ or []), seed or 0)
    if markdown:
        typer.echo(page.render(sheet, checked(path, around)), nl=False)
    else:
        coloured = wants_colour()
        typer.echo(text.render(sheet, width=width(), coloured=coloured), nl=False, color=coloured)


def _part(
    columns: "Columns", wanted: str | None, view: str | None, given: dict[str, str], seed: int
) -> "Sheet":
    """One instance, as it is or as a view shows it."""
    from taskschema.analysis.show.overview import instance  # noqa: PLC0415
    from taskschema.analysis.show.records import options_of, seen  # noqa: PLC0415
    from taskschema.analysis.show.rows import index_of  # noqa: PLC0415

    options = options_of(view, seed, given) if view is not None else None
    index = index_of(columns, "0" if wanted is None else wanted)
    if view is None or options is None:
        return instance(columns, index)
    return seen(columns, index, view, options)


COMMAND = show

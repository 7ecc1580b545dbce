"""`taskschema views`."""

from typing import Annotated

import typer

from taskschema.cli.completion import values


def views(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            autocompletion=values.views,
            help="A view; prints its fields, settings and an example.",
        ),
    ] = None,
) -> None:
    """List the views for `export --view`, or describe one.

    Example: taskschema views messages
    """
    from taskschema.export.docs import view_paragraphs  # noqa: PLC0415
    from taskschema.views.view import VIEWS, view_of  # noqa: PLC0415

    if name is not None:
        view = view_of(name)
        typer.echo("\n\n".join((f"{name}: {view.title}", *view_paragraphs(name, view))))
        return
    found = VIEWS.load_all()
    width = max(map(len, found))
    for key, view in found.items():
        typer.echo(f"{key:{width}}  {view.title}")


COMMAND = views

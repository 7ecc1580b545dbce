"""`taskschema views`."""

from typing import Annotated

import typer

from taskschema.cli import _completion


def views(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            autocompletion=_completion.views,
            help="One view: its fields, its settings, and a record as an example.",
        ),
    ] = None,
) -> None:
    """List the shapes of records that `export --view` takes, or what one of them is.

    Example: taskschema views messages
    """
    from taskschema.view_documentation import paragraphs  # noqa: PLC0415
    from taskschema.view_documentation import views as all_views  # noqa: PLC0415
    from taskschema.views import view_of  # noqa: PLC0415

    if name is not None:
        view = view_of(name)
        typer.echo("\n\n".join((f"{name}: {view.title}", *paragraphs(name, view))))
        return
    found = all_views()
    width = max(map(len, found))
    for key, view in found.items():
        typer.echo(f"{key:{width}}  {view.title}")


COMMAND = views

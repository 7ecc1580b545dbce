"""`taskschema formats`."""

from typing import Annotated

import typer

from taskschema.cli.completion import values


def formats(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            autocompletion=values.formats,
            help="One format: what it is, how it is read, and what it loses.",
        ),
    ] = None,
) -> None:
    """List the formats that `convert` reads and writes, or what one of them is.

    Example: taskschema formats alpaca
    """
    from taskschema.convert.docs import directions, paragraphs  # noqa: PLC0415
    from taskschema.convert.endpoints import format_of  # noqa: PLC0415
    from taskschema.convert.format import FORMATS  # noqa: PLC0415

    if name is not None:
        key, format_ = format_of(name)
        typer.echo("\n\n".join((f"{key} ({directions(format_)})", *paragraphs(key, format_))))
        return
    found = FORMATS.load_all()
    width = max(map(len, found))
    for key, format_ in found.items():
        typer.echo(f"{key:{width}}  {directions(format_):7}  {format_.title}")


COMMAND = formats

"""`taskschema formats`."""

from typing import Annotated

import typer

from taskschema.cli import _completion


def formats(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            autocompletion=_completion.formats,
            help="One format: what it is, how it is read, and what it loses.",
        ),
    ] = None,
) -> None:
    """List the formats that `convert` reads and writes, or what one of them is.

    Example: taskschema formats alpaca
    """
    from taskschema.endpoints import format_of  # noqa: PLC0415
    from taskschema.endpoints import formats as all_formats  # noqa: PLC0415
    from taskschema.format_documentation import directions, paragraphs  # noqa: PLC0415

    if name is not None:
        key, format_ = format_of(name)
        typer.echo("\n\n".join((f"{key} ({directions(format_)})", *paragraphs(key, format_))))
        return
    found = all_formats()
    width = max(map(len, found))
    for key, format_ in found.items():
        typer.echo(f"{key:{width}}  {directions(format_):7}  {format_.title}")


COMMAND = formats

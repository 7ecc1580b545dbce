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
            help="Describe one format: what it is, how it is read, and what it loses.",
        ),
    ] = None,
) -> None:
    """List the formats of `convert`, or describe one.

    Example: taskschema formats alpaca
    """
    from taskschema.convert.docs import listing, page  # noqa: PLC0415

    typer.echo(listing() if name is None else page(name))


COMMAND = formats

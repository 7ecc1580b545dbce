"""`taskschema schema`."""

from typing import Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import versions


def schema(
    version: Annotated[
        str,
        typer.Argument(
            metavar="N",
            callback=versions,
            autocompletion=values.versions,
            help="The version: 1, 2 or 3.",
        ),
    ] = "3",
) -> None:
    """Print the JSON Schema of a version.

    Example: taskschema schema 2 > task.v2.schema.json
    """
    from taskschema.schema.published_files import read  # noqa: PLC0415

    typer.echo(read(f"task.v{version}.schema.json").decode(), nl=False)


COMMAND = schema

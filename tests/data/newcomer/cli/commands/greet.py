"""`taskschema greet`."""

from typing import Annotated

import typer


def greet(name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Greet a contributor.

    Example: taskschema greet Ada
    """
    typer.echo(f"Hello, {name}.")


COMMAND = greet

"""`taskschema schema`."""

from typing import Annotated

import typer


def schema(
    version: Annotated[int, typer.Argument(help="The schema version: 1, 2 or 3.")] = 3,
) -> None:
    """Print the JSON Schema of a version.

    Example: taskschema schema 2 > task.v2.schema.json
    """
    from taskschema.schema import VERSIONS  # noqa: PLC0415
    from taskschema.schema_files import read  # noqa: PLC0415

    if version not in VERSIONS:
        known = ", ".join(map(str, VERSIONS))
        raise typer.BadParameter(f"{version} is none of {known}.", param_hint="VERSION")
    typer.echo(read(f"task.v{version}.schema.json").decode(), nl=False)


COMMAND = schema

"""`taskschema explain`."""

from typing import Annotated

import typer


def explain(
    subject: Annotated[
        str, typer.Argument(help="The code or name of a rule, or a field such as instances.output.")
    ],
) -> None:
    """Say what a rule or a field of the schema means.

    Examples: taskschema explain INS002, taskschema explain answer_format.kind
    """
    from taskschema.explain import explanation  # noqa: PLC0415

    typer.echo(explanation(subject))


COMMAND = explain

"""`taskschema explain`."""

from typing import Annotated

import typer

from taskschema.cli.completion import values


def explain(
    subject: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE|FIELD",
            autocompletion=values.subjects,
            help="A rule's code or name, a family of rules such as INS, or a field of the schema.",
        ),
    ] = None,
) -> None:
    """Say what a rule or a field means.

    Without an argument, it lists all rules.

    Examples: taskschema explain INS002, taskschema explain answer_format.kind
    """
    from taskschema.rules.explain import explanation  # noqa: PLC0415

    typer.echo(explanation(subject or ""))


COMMAND = explain

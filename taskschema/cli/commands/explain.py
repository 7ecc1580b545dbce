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
            help="A rule code or name, a family such as INS, or a field of the schema.",
        ),
    ] = None,
) -> None:
    """Explain a rule or a field of the schema.

    Without an argument, it lists all rules.

    Examples: taskschema explain INS002, taskschema explain answer_format.kind
    """
    from taskschema.rules.explain import explanation  # noqa: PLC0415

    typer.echo(explanation(subject or ""))


COMMAND = explain

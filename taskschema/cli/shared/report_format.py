"""The option `--format` of commands that print a report."""

from typing import Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import formats, listed
from taskschema.gate.reports.reporter import REPORTERS

__all__ = ["ReportFormat"]

ReportFormat = Annotated[
    str,
    typer.Option(
        "--format",
        callback=formats,
        autocompletion=values.reporters,
        metavar="NAME",
        help=f"Format of the report: {listed(REPORTERS)}.",
    ),
]

"""Prints findings that kept a command from part of its work to standard error."""

from collections.abc import Iterable

import typer

from taskschema.core.findings import Finding, Report

__all__ = ["refuse"]


def refuse(findings: Iterable[Finding], outcome: str) -> None:
    """Print the findings as `check` does, then the outcome for the command."""
    from taskschema.gate.reports.formats.text import lines  # noqa: PLC0415

    for line in lines(Report.of(0, findings)):
        typer.echo(line, err=True)
    typer.echo(outcome, err=True)

"""Findings that kept a command from doing part of its work, on the standard error stream."""

from collections.abc import Iterable

import typer

from taskschema.core.findings import Finding, Report

__all__ = ["refuse"]


def refuse(findings: Iterable[Finding], outcome: str) -> None:
    """Print the findings as `check` does, then what they mean for the command."""
    from taskschema.gate.reports.formats.text import lines  # noqa: PLC0415

    for line in lines(Report.of(0, findings)):
        typer.echo(line, err=True)
    typer.echo(outcome, err=True)

"""One output format for findings, one file."""

from collections.abc import Callable
from dataclasses import dataclass

from taskschema.core.findings import Report
from taskschema.core.plugins import Family

__all__ = ["REPORTERS", "Reporter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """How to write a report as text; the result is empty or ends with a line break."""

    render: Callable[[Report], str]
    coloured: Callable[[Report], str] | None = None
    """The same text with escape codes for a terminal, where the format is for one."""
    most: int | None = None
    """How many findings of one rule in one file it has use for; None: all."""


REPORTERS: Family[Reporter] = Family("taskschema.gate.reports.formats", "REPORTER")

"""The declaration of a reporter: one output format for findings, one module each."""

from collections.abc import Callable
from dataclasses import dataclass

from taskschema.core.findings import Report
from taskschema.core.plugins import Family

__all__ = ["REPORTERS", "Reporter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """An output format for reports; the text is empty or ends with a line break."""

    render: Callable[[Report], str]
    coloured: Callable[[Report], str] | None = None
    """The same text with color codes, for terminals; None if the format has no colors."""
    most: int | None = None
    """The maximum number of findings of one rule in one file that it lists; None for all."""


REPORTERS: Family[Reporter] = Family("taskschema.gate.reports.formats", "REPORTER")

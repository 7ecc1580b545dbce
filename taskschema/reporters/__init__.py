"""One output format for findings, one file."""

from collections.abc import Callable
from dataclasses import dataclass

from taskschema.findings import Report

__all__ = ["Reporter"]


@dataclass(frozen=True, slots=True)
class Reporter:
    """How to write a report as text; the result ends with a line break."""

    render: Callable[[Report], str]
    most: int | None = None
    """How many findings of one rule in one file it has use for; None: all."""

"""One output format for findings, one file."""

from collections.abc import Callable
from dataclasses import dataclass

from taskschema.findings import Report

__all__ = ["Reporter"]


@dataclass(frozen=True, slots=True)
class Reporter:
    """How to write a report as text; the result ends with a line break."""

    render: Callable[[Report], str]

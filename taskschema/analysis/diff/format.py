"""One way to write a comparison down, one file."""

from collections.abc import Callable
from dataclasses import dataclass

from taskschema.analysis.diff.differences import Difference
from taskschema.core.plugins import Family

__all__ = ["DIFF_FORMATS", "DiffFormat"]


@dataclass(frozen=True, slots=True)
class DiffFormat:
    """How to write a comparison as text; the result ends with a line break.

    `render` is also given how many rows of each list to show, which it may not heed.
    """

    render: Callable[[Difference, int], str]


DIFF_FORMATS: Family[DiffFormat] = Family("taskschema.analysis.diff.formats", "FORMAT")

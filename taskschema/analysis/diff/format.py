"""The type of an output format of `diff`; each format is one file in `formats/`."""

from collections.abc import Callable
from dataclasses import dataclass

from taskschema.analysis.diff.differences import Difference
from taskschema.core.plugins import Family

__all__ = ["DIFF_FORMATS", "DiffFormat"]


@dataclass(frozen=True, slots=True)
class DiffFormat:
    """An output format of a comparison."""

    render: Callable[[Difference, int], str]
    """Return the text, which ends with a line break.

    The number limits the rows of each list; formats for programs may ignore it.
    """


DIFF_FORMATS: Family[DiffFormat] = Family("taskschema.analysis.diff.formats", "FORMAT")

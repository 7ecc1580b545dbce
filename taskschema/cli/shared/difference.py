"""Unified diffs of files, for the terminal or for `patch`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from taskschema.core.text.printing import printable
from taskschema.core.text.unified_diff import unified

__all__ = ["difference"]

LONGEST_LINE = 2_000  # characters of a line that are shown


def difference(path: Path, old: bytes, new: bytes) -> Iterator[str]:
    """Yield the lines of a unified diff that `patch` accepts; on a terminal, made printable."""
    before, after = (raw.decode(errors="backslashreplace") for raw in (old, new))
    lines = unified(printable(path.as_posix()), before, after)
    return map(_shown, lines) if sys.stdout.isatty() else lines


def _shown(line: str) -> str:
    """A line cut where it is long, with everything escaped that could hide text."""
    shown = line[:1] + printable(line[1:].replace("\t", "    "))
    return shown if len(shown) <= LONGEST_LINE else f"{shown[:LONGEST_LINE]}..."

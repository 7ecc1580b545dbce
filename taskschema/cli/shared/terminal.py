"""What the standard output is: how wide, and whether a person sees colours on it."""

import os
import shutil
import sys

__all__ = ["wants_colour", "width"]

USUAL = 100
"""Columns where there is no terminal."""


def wants_colour() -> bool:
    """Whether a person sees the standard output on a terminal and has not asked for plain text."""
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def width() -> int:
    """The columns of the terminal; off a terminal always the same, whatever else is open."""
    if not sys.stdout.isatty() and not os.environ.get("COLUMNS"):
        return USUAL
    return shutil.get_terminal_size((USUAL, 24)).columns

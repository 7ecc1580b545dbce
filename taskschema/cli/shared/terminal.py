"""Width and colours of the terminal on standard output."""

import os
import shutil
import sys

__all__ = ["wants_colour", "width"]

USUAL = 100
"""Columns if there is no terminal."""


def wants_colour() -> bool:
    """Whether standard output is a terminal and the user has not disabled colours."""
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def width() -> int:
    """Return the columns of the terminal; a fixed number if there is none."""
    if not sys.stdout.isatty() and not os.environ.get("COLUMNS"):
        return USUAL
    return shutil.get_terminal_size((USUAL, 24)).columns

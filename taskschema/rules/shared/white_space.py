"""Checks and fixes for texts that start or end with white space."""

from taskschema.core.findings import Edit
from taskschema.rules.rule import Violation

__all__ = ["is_stray", "stray"]

MESSAGE = "starts or ends with white space. Remove it."


def is_stray(text: str) -> bool:
    """Whether a text starts or ends with white space and is not blank."""
    return text != text.strip() and not text.isspace()


def stray(pointer: str, text: str, *, fixable: bool = True) -> Violation:
    """Return the violation for such a text, placed at its first stray white space."""
    at = 0 if text[0].isspace() else len(text.rstrip())
    edits = (Edit("replace", pointer, text.strip()),) if fixable else ()
    return Violation(pointer, MESSAGE, at=at, edits=edits)

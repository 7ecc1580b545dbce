"""What the rules on stray white space share: where it stands, and what removes it."""

from taskschema.core.findings import Edit
from taskschema.rules.rule import Violation

__all__ = ["is_stray", "stray"]

MESSAGE = "begins or ends with white space. Remove it."


def is_stray(text: str) -> bool:
    """Whether a text begins or ends with white space and is not blank."""
    return text != text.strip() and not text.isspace()


def stray(pointer: str, text: str, *, mends: bool = True) -> Violation:
    """The violation for such a text, at the first white space that should not be there."""
    at = 0 if text[0].isspace() else len(text.rstrip())
    edits = (Edit("replace", pointer, text.strip()),) if mends else ()
    return Violation(pointer, MESSAGE, at=at, edits=edits)

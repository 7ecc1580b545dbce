"""Names for tasks out of any words."""

import re
import unicodedata

__all__ = ["LONGEST", "slug"]

LONGEST = 120  # characters, of a task's name
DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")


def slug(text: str, longest: int = LONGEST) -> str:
    """The text as a legal name: lower case, digits and single `.`, `_` or `-`; `task` for nothing.

    A legal name stays as it is. Letters with marks lose them, and other scripts are left out, so
    that different texts may get one name: who needs distinct names adds to them.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9._-]+", "_", plain)
    plain = re.sub(r"([._-])[._-]+", r"\1", plain)[:longest].strip("._-")
    if not plain:
        return "task"
    return f"task_{plain}" if DEVICE.fullmatch(plain) else plain

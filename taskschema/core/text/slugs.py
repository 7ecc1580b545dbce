"""Task names made from arbitrary text."""

import re
import unicodedata

__all__ = ["LONGEST", "slug"]

LONGEST = 120  # characters of a task's name
DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")


def slug(text: str, longest: int = LONGEST) -> str:
    """Return a valid task name: lower case, digits and single `.`, `_` or `-`; else `task`.

    A valid name is returned unchanged. Accents and letters of other scripts are dropped, so two
    texts may get the same name: callers make names unique if they need to.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9._-]+", "_", plain)
    plain = re.sub(r"([._-])[._-]+", r"\1", plain)[:longest].strip("._-")
    if not plain:
        return "task"
    return f"task_{plain}" if DEVICE.fullmatch(plain) else plain

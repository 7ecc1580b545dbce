"""Names of the tasks of one source: distinct keys get distinct names."""

from hashlib import sha256

from taskschema.core.text.slugs import LONGEST, slug

__all__ = ["TaskNames"]

DIGITS = 12  # hexadecimal, of the digest in a name that is taken already


class TaskNames:
    """The names given so far."""

    def __init__(self, prefix: str | None = None) -> None:
        self.prefix = f"{prefix}-" if prefix else ""
        self.keys: dict[str, str] = {}

    def of(self, words: str, key: str) -> str:
        """Return a legal name made of words: always the same for a key, and never shared."""
        name = slug(self.prefix + words)
        if self.keys.setdefault(name, key) == key:
            return name
        digest = sha256(key.encode()).hexdigest()[:DIGITS]
        name = f"{slug(self.prefix + words, LONGEST - DIGITS - 1)}-{digest}"
        self.keys[name] = key
        return name

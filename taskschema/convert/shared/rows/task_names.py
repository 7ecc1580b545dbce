"""TaskNames for the tasks of one source, distinct where what they are called by is distinct."""

from hashlib import sha256

from taskschema.core.text.slugs import LONGEST, slug

__all__ = ["TaskNames"]

DIGITS = 12  # hexadecimal, of the digest in a name that would be another's


class TaskNames:
    """The names given so far; nothing else is held of a task."""

    def __init__(self, prefix: str | None = None) -> None:
        self.prefix = f"{prefix}-" if prefix else ""
        self.keys: dict[str, str] = {}

    def of(self, words: str, key: str) -> str:
        """A legal name made of the words: for one key always the same, for two never one name."""
        name = slug(self.prefix + words)
        if self.keys.setdefault(name, key) == key:
            return name
        digest = sha256(key.encode()).hexdigest()[:DIGITS]
        name = f"{slug(self.prefix + words, LONGEST - DIGITS - 1)}-{digest}"
        self.keys[name] = key
        return name

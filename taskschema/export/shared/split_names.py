"""Names in split lists: of tasks, and of what becomes files."""

import re
from collections.abc import Iterable
from typing import Any

from taskschema.core.errors import ConfigError
from taskschema.core.text.printing import printable
from taskschema.rules.collection_context import SplitList

__all__ = ["called", "require_plain"]

PLAIN = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")


def require_plain(lists: Iterable[SplitList]) -> None:
    """Raise ConfigError where a track or a split has a name that no file should have."""
    for one in lists:
        for what, name in (("track", one.track), ("split", one.split)):
            if not PLAIN.fullmatch(name):
                message = f"is no name of a {what}: letters, digits and single `-`, `_` or `.`"
                raise ConfigError(f"{printable(one.path)}: {name!r} {message}. Rename it.")


def called(task: dict[str, Any]) -> Iterable[str]:
    """The name of a task, then its earlier ones."""
    return (task["name"], *task.get("aliases", ()))

"""Which split a task is in, as the split lists of its collection say."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from taskschema.errors import ConfigError
from taskschema.rules import SplitList
from taskschema.text import printable

__all__ = ["Splits", "called", "require_plain"]

ALL, UNLISTED = "train", "unlisted"
DEFAULT = "default"
PLAIN = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")


class Splits:
    """The splits of one track: `default`, or the first by name where there is none.

    Without any list all tasks are in `train`; with some, a task that none of them names is in
    `unlisted`, as nobody has said that it may be trained on.
    """

    def __init__(self, lists: Sequence[SplitList]) -> None:
        """Raise ConfigError where a split has a name that no file of an export should have."""
        tracks = sorted({one.track for one in lists})
        track = DEFAULT if DEFAULT in tracks else next(iter(tracks), "")
        self.by_name: dict[str, str] = {}
        self.has_lists = bool(lists)
        require_plain(lists)
        for one in lists:
            if one.track == track:
                for _, name in one.names:
                    self.by_name.setdefault(name, one.split)

    def of(self, task: dict[str, Any]) -> str:
        """The split of a task, by its name or by an earlier one."""
        listed = (self.by_name[name] for name in called(task) if name in self.by_name)
        return next(listed, UNLISTED if self.has_lists else ALL)


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

"""Track and split names that are safe as file names."""

import re
from collections.abc import Iterable

from taskschema.core.errors import ConfigError
from taskschema.core.text.printing import printable
from taskschema.rules.collection_context import SplitList

__all__ = ["require_file_names"]

FILE_NAME = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")


def require_file_names(lists: Iterable[SplitList]) -> None:
    """Refuse tracks and splits whose names cannot be file names.

    Raises:
        ConfigError: names the first such list.
    """
    for one in lists:
        for what, name in (("track", one.track), ("split", one.split)):
            if not FILE_NAME.fullmatch(name):
                raise ConfigError(
                    f"{printable(one.path)}: {name!r} cannot be the name of a {what}. "
                    "Rename it: use letters, digits and single `-`, `_` or `.`."
                )

"""Which files of an export are the data of which config and split, told by their paths."""

import re
from collections.abc import Iterable, Mapping

from taskschema.collection.export_manifest import WrittenFile

__all__ = ["Arrangement", "Splits", "arrange", "pattern", "rows"]

NAME = re.compile(r"(?P<config>\w+(?:[.-]\w+)*)/(?P<split>\w+(?:\.\w+)*)-\d+-of-\d+\.parquet")

Splits = Mapping[str, list[WrittenFile]]
"""Split -> its files."""
Arrangement = Mapping[str, Splits]
"""Config -> its splits."""


def arrange(files: Iterable[WrittenFile]) -> Arrangement:
    """The files named as `datasets` names shards, `<config>/<split>-00000-of-00001.parquet`.

    Configs, splits and files stay in the order given; any other file is left out.
    """
    found: dict[str, dict[str, list[WrittenFile]]] = {}
    for file in files:
        if match := NAME.fullmatch(file.path):
            found.setdefault(match["config"], {}).setdefault(match["split"], []).append(file)
    return found


def pattern(config: str, split: str) -> str:
    """A glob for the files of a split, however many there are."""
    return f"{config}/{split}-*.parquet"


def rows(files: Iterable[WrittenFile]) -> int:
    """How many rows the files have together."""
    return sum(file.rows or 0 for file in files)

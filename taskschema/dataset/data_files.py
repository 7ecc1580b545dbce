"""The data files of an export by config and split, as `datasets` finds them by their paths."""

import re
from collections.abc import Iterable, Mapping

from taskschema.collection.export_manifest import WrittenFile

__all__ = ["DataFiles", "SplitFiles", "count_rows", "data_files", "glob_of"]

NAME = re.compile(r"(?P<config>\w+(?:[.-]\w+)*)/(?P<split>\w+(?:\.\w+)*)-\d+-of-\d+\.parquet")

SplitFiles = Mapping[str, list[WrittenFile]]
"""Split -> its files."""
DataFiles = Mapping[str, SplitFiles]
"""Config -> its splits."""


def data_files(files: Iterable[WrittenFile]) -> DataFiles:
    """Group the files that have names of shards, `<config>/<split>-00000-of-00001.parquet`.

    Configs, splits and files keep their order; other files are ignored.
    """
    found: dict[str, dict[str, list[WrittenFile]]] = {}
    for file in files:
        if match := NAME.fullmatch(file.path):
            found.setdefault(match["config"], {}).setdefault(match["split"], []).append(file)
    return found


def glob_of(config: str, split: str) -> str:
    """Return a glob that matches every file of a split."""
    return f"{config}/{split}-*.parquet"


def count_rows(files: Iterable[WrittenFile]) -> int:
    """Return the number of rows in all files."""
    return sum(file.rows or 0 for file in files)

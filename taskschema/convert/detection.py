"""Which format a source is of, told from how it begins."""

from itertools import islice
from pathlib import Path
from typing import Any

from taskschema.convert.format import FORMATS
from taskschema.convert.pieces import Problem, Sample
from taskschema.convert.shared.sources.data_rows import parquet_rows
from taskschema.core.storage.paths import files_below
from taskschema.core.syntax.json_lines import json_rows

__all__ = ["formats_of", "obstacle", "sample"]

HEAD = 1 << 16  # bytes
ROWS, NAMES = 20, 500
PARQUET = "PAR1"
JSON_BEGINS = ("{", "[")


def formats_of(path: Path) -> list[str]:
    """The names of the formats that say a file or folder is surely theirs, sorted."""
    taken = sample(path)
    formats = FORMATS.load_all()
    found = [name for name, format_ in formats.items() if format_.sniff and format_.sniff(taken)]
    return [name for name in found if not formats[name].gives_way] or found


def obstacle(path: Path) -> str:
    """Why nothing tells of a file, where that can be said: it is empty, or its rows are broken."""
    if not path.is_file():
        return ""
    if not path.stat().st_size:
        return "it is empty"
    taken = sample(path)
    if taken.rows or not taken.head.lstrip().startswith(JSON_BEGINS):
        return ""
    return next((f"line {row.line}: {row.fault}" for row in json_rows(path) if row.fault), "")


def sample(path: Path) -> Sample:
    """What a file or folder begins with.

    Raises:
        OSError: it cannot be opened.
    """
    if path.is_dir():
        names = (file.relative_to(path).as_posix() for file in files_below(path))
        return Sample(path=path, names=tuple(islice(names, NAMES)))
    with path.open("rb") as file:
        head = file.read(HEAD).decode("utf-8-sig", errors="replace")
    rows: tuple[Any, ...] = ()
    if head.startswith(PARQUET):
        found = islice(parquet_rows(path, path), ROWS)
        rows = tuple(row[1] for row in found if not isinstance(row, Problem))
    elif head.lstrip().startswith(JSON_BEGINS):
        first = islice(json_rows(path), ROWS)
        rows = tuple(row.value for row in first if not row.fault)
    return Sample(path=path, suffix=path.suffix.lower(), head=head, rows=rows)

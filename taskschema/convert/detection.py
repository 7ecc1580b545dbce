"""Detects the format of a source from a sample of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from taskschema.convert.format import FORMATS
from taskschema.convert.pieces import Problem, Sample
from taskschema.convert.shared.sources.data_rows import parquet_rows
from taskschema.core.storage.paths import files_below
from taskschema.core.syntax.json_lines import json_rows

__all__ = ["DetectedFormats", "detect", "formats_of"]

SAMPLE_BYTES = 1 << 16
SAMPLE_ROWS, SAMPLE_NAMES = 20, 500
PARQUET_MARK = "PAR1"
JSON_STARTS = ("{", "[")


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedFormats:
    """The formats that a source may have."""

    formats: tuple[str, ...]
    """Names of formats, sorted."""
    by_file: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)
    """The formats of each file, for a folder that is of no format as a whole."""
    obstacle: str = ""
    """Why a file is of no format, if that is known."""


def detect(path: Path) -> DetectedFormats:
    """Detect the format of a file, a folder, or else the files in a folder.

    Raises:
        OSError: something cannot be opened.
    """
    sample = _sample(path)
    found = _matching(sample)
    if found:
        return DetectedFormats(formats=found)
    if path.is_dir():
        by_file = {file: formats_of(file) for file in files_below(path)}
        names = {name for formats in by_file.values() for name in formats}
        return DetectedFormats(formats=tuple(sorted(names)), by_file=by_file)
    obstacle = sample.fault if sample.head else "it is empty"
    return DetectedFormats(formats=(), obstacle="" if sample.rows else obstacle)


def formats_of(path: Path) -> tuple[str, ...]:
    """Return the names of the formats that recognize a file or a folder, sorted.

    Raises:
        OSError: it cannot be opened.
    """
    return _matching(_sample(path))


def _matching(sample: Sample) -> tuple[str, ...]:
    """The formats that recognize a sample; a fallback only if no other does."""
    formats = FORMATS.load_all()
    found = [name for name, format_ in formats.items() if format_.sniff and format_.sniff(sample)]
    return tuple(name for name in found if not formats[name].is_fallback) or tuple(found)


def _sample(path: Path) -> Sample:
    """The start of a file, or the names of the first files in a folder."""
    if path.is_dir():
        names = (file.relative_to(path).as_posix() for file in files_below(path))
        return Sample(path=path, names=tuple(islice(names, SAMPLE_NAMES)))
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES).decode("utf-8-sig", errors="replace")
    rows: tuple[Any, ...] = ()
    fault = ""
    if head.startswith(PARQUET_MARK):
        found = islice(parquet_rows(path, path), SAMPLE_ROWS)
        rows = tuple(row[1] for row in found if not isinstance(row, Problem))
    elif head.lstrip().startswith(JSON_STARTS):
        first = list(islice(json_rows(path), SAMPLE_ROWS))
        rows = tuple(row.value for row in first if not row.fault)
        fault = next((f"line {row.line}: {row.fault}" for row in first if row.fault), "")
    return Sample(path=path, suffix=path.suffix.lower(), head=head, rows=rows, fault=fault)

"""Files of one JSON document each, and the places of problems in them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from taskschema.convert.pieces import ConversionSource, Place, Problem
from taskschema.core.storage.paths import files_below
from taskschema.core.syntax import strict_json
from taskschema.core.syntax.json_pointers import locate

__all__ = ["files_in", "label_of", "load_json", "located"]

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def files_in(source: ConversionSource) -> Iterator[Path | Problem]:
    """Yield the file, or all files below a folder; a problem for a link out of it.

    Hidden files are skipped.
    """
    if not source.path.is_dir():
        yield source.path
        return
    root = source.path.resolve()
    for path in files_below(source.path):
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            message = "is a link out of the folder. Put the file itself here."
            yield Problem(Place(label_of(source, path)), "unreadable-row", message)
        else:
            yield path


def label_of(source: ConversionSource, path: Path) -> Path:
    """Return the path of a source's file to show in findings."""
    return source.label if path == source.path else source.label / path.relative_to(source.path)


def load_json(path: Path, label: Path) -> tuple[bytes, Any] | Problem:
    """Return the bytes of a file and its document, or the problem with it."""
    try:
        with path.open("rb") as file:  # a device reports no size, and does not end
            raw = file.read(strict_json.MAX_BYTES + 1)
        size = max(len(raw), path.stat().st_size)
    except OSError as error:
        message = f"cannot be opened: {error.strerror}."
        return Problem(Place(label), "unreadable-row", message)
    if size > strict_json.MAX_BYTES:
        return Problem(Place(label), "unreadable-row", strict_json.too_large(size))
    raw = raw.removeprefix(BYTE_ORDER_MARK)
    document, faults = strict_json.parse(raw)
    if faults:
        first = faults[0]
        place = Place(label, first.line, first.column, first.pointer)
        return Problem(place, "unreadable-row", first.message)
    return raw, document


def located(raw: bytes, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems with the lines and columns of their pointers."""
    several = list(problems)
    found = locate(raw, [(problem.place.pointer, None) for problem in several])
    for problem in several:
        at = found[problem.place.pointer, None]
        yield problem._replace(place=problem.place._replace(line=at.line, column=at.column))

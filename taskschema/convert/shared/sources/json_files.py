"""Files that are one JSON document each, in a folder or alone, with the places of what is wrong."""

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
    """The file, or all in and below a folder, hidden ones aside; a problem for a link out of it."""
    if not source.path.is_dir():
        yield source.path
        return
    root = source.path.resolve()
    for path in files_below(source.path):
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            message = "links to what is outside of the folder. Put the file here."
            yield Problem(Place(label_of(source, path)), "unreadable-row", message)
        else:
            yield path


def label_of(source: ConversionSource, path: Path) -> Path:
    """What findings call a file of a source."""
    return source.label if path == source.path else source.label / path.relative_to(source.path)


def load_json(path: Path, label: Path) -> tuple[bytes, Any] | Problem:
    """The bytes of a file and its document, or why there is none."""
    try:
        with path.open("rb") as file:  # a device says no size, and has no end
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
    """The problems with the lines and columns that their pointers lead to."""
    several = list(problems)
    found = locate(raw, [(problem.place.pointer, None) for problem in several])
    for problem in several:
        at = found[problem.place.pointer, None]
        yield problem._replace(place=problem.place._replace(line=at.line, column=at.column))

"""Rows of a file that may be a single large JSON object, and places inside it."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from taskschema.convert.pieces import ConversionSource, Document, Place, Problem
from taskschema.convert.shared.sources.data_rows import rows_of
from taskschema.convert.shared.sources.json_files import load_json, located

__all__ = ["located_in", "objects_of"]


def objects_of(source: ConversionSource) -> Iterator[tuple[Place, Document] | Problem]:
    """Yield rows as `rows_of` does, but one problem only for a file without a row."""
    rows = rows_of(source)
    first = list(islice(rows, 2))
    broken = [row for row in first if isinstance(row, Problem) and row.rule == "unreadable-row"]
    if len(broken) > 1 and not broken[0].place.pointer:
        whole = load_json(source.path, source.label)
        if isinstance(whole, Problem):
            yield whole
            return
    yield from chain(first, rows)


def located_in(source: ConversionSource, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems; for a file of one object, with the line and column of their pointers."""
    several = list(problems)
    whole = load_json(source.path, source.label) if several else None
    yield from (
        several if whole is None or isinstance(whole, Problem) else located(whole[0], several)
    )

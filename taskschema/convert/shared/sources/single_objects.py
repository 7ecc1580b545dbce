"""Rows of a file that may be one large object, and places inside of it."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from taskschema.convert.pieces import ConversionSource, Document, Place, Problem
from taskschema.convert.shared.sources.data_rows import rows_of
from taskschema.convert.shared.sources.json_files import load_json, located

__all__ = ["objects_of", "located_in"]


def objects_of(source: ConversionSource) -> Iterator[tuple[Place, Document] | Problem]:
    """As `rows_of`, but one problem for a file of which no line is a row."""
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
    """The problems; of a file that is one object, each at the line and column of its pointer."""
    several = list(problems)
    whole = load_json(source.path, source.label) if several else None
    yield from (
        several if whole is None or isinstance(whole, Problem) else located(whole[0], several)
    )

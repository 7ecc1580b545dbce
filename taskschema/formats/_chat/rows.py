"""Formats whose rows are conversations of one layout, and nothing else."""

from collections.abc import Callable, Iterable, Iterator

from taskschema.formats import (
    Beside,
    Chunk,
    Document,
    Format,
    Options,
    Piece,
    Problem,
    Sample,
    Source,
)
from taskschema.formats._carried import LOSES
from taskschema.formats._chat.talks import Layout, read_rows, written_rows
from taskschema.formats._loose import gathered

__all__ = ["format_of"]


def format_of(layout: Layout, title: str, sniff: Callable[[Sample], bool]) -> Format:
    """The format of lines of such rows."""

    def read(source: Source, options: Options) -> Iterator[Piece]:
        return gathered(read_rows(source, layout), source, options)

    def write(items: Iterable[Document | Beside], options: Options) -> Iterator[Chunk | Problem]:
        return written_rows(items, options, layout)

    return Format(title=title, sniff=sniff, read=read, write=write, loses=LOSES, suffix=".jsonl")

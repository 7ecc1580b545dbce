"""Builds a format whose rows are conversations of one layout."""

from collections.abc import Callable, Iterable, Iterator

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import Chunk, ConversionSource, Item, Piece, Problem, Sample
from taskschema.convert.shared.chat.conversations import ChatLayout, read_rows, written_rows
from taskschema.convert.shared.rows.tasks_from_rows import tasks_from_rows
from taskschema.convert.shared.rows.taskschema_column import COLUMN_LOSSES

__all__ = ["format_of"]


def format_of(layout: ChatLayout, title: str, sniff: Callable[[Sample], bool]) -> Format:
    """Return the format of JSON Lines in a layout."""

    def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
        return tasks_from_rows(read_rows(source, layout), source, options)

    def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
        return written_rows(items, options, layout)

    return Format(
        title=title, sniff=sniff, read=read, write=write, loses=COLUMN_LOSSES, suffix=".jsonl"
    )

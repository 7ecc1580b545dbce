"""Flash cards: a line for each instance, input and first output with a vertical bar between."""

from collections.abc import Iterable, Iterator

from taskschema.convert.format import Format
from taskschema.convert.pieces import Chunk, Item, tasks_in


def write(items: Iterable[Item], _options: object) -> Iterator[Chunk]:
    """Yield a line for each instance."""
    for task in tasks_in(items):
        for row in task["instances"]:
            yield Chunk("", f"{row['input']} | {row['output'][0]}\n".encode())


FORMAT = Format(title="Flash cards", write=write, suffix=".txt")

"""Rows of the Tulu mixtures: messages, the id of the row and its source dataset.

Read like chat messages: a first system turn is the definition, the last assistant turn the output,
the turn before it the input, and all other turns are the context. `id` is the id of the instance.
`source` (Tulu 3) or `dataset` (earlier mixtures) goes to `extras.tulu` with all other fields. A row
of a task without a source is written with the name of the task as its source.

With `--config '{"upstream": true}'`, tasks are written as open-instruct converted
Super-NaturalInstructions: for each task, 60 sampled instances without demonstrations, in a layout
drawn by weight, and 20 with 2 demonstrations, in a fixed layout. `zero_shot`, `few_shot` and
`demonstrations` change these numbers. `--seed` seeds the draws.
"""

from collections.abc import Iterable, Iterator

import orjson

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import (
    Chunk,
    ConversionSource,
    Document,
    Item,
    Piece,
    Problem,
    Sample,
    tasks_in,
)
from taskschema.convert.shared.chat.conversations import ChatLayout, read_rows, written_rows
from taskschema.convert.shared.chat.super_ni_mixture import mixture_rows
from taskschema.convert.shared.chat.turns import CHAT, holds_turns, is_mixture, is_other_format
from taskschema.convert.shared.rows.tasks_from_rows import tasks_from_rows
from taskschema.convert.shared.rows.taskschema_column import COLUMN, COLUMN_LOSSES, shared_column
from taskschema.core.plugin_settings import Setting

LAYOUT = ChatLayout(name="tulu", keys=("messages",), dialect=CHAT, has_id=True, has_source=True)


def sniff(sample: Sample) -> bool:
    """Return whether the rows have messages, an id and a source dataset."""
    if is_other_format(sample) or not is_mixture(sample):
        return False
    return holds_turns(sample, "messages", CHAT)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield the tasks of a file with one conversation per row."""
    return tasks_from_rows(read_rows(source, LAYOUT), source, options)


def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield one line per instance with its first output, or per instance sampled as upstream."""
    if options.configuration.get("upstream") is True:
        return _as_upstream(items, options)
    return written_rows(items, options, LAYOUT)


def _as_upstream(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk]:
    for task, instance, row in mixture_rows(tasks_in(items), options):
        own = {"id": instance["id"], "definition": task["definition"][0]}
        shared = shared_column(task, options)
        column: Document = {COLUMN: shared | own} if shared else {}
        yield Chunk("", orjson.dumps(row | column, option=orjson.OPT_APPEND_NEWLINE))


FORMAT = Format(
    title="Rows of the Tulu mixtures: messages, id, source",
    sniff=sniff,
    read=read,
    write=write,
    loses=COLUMN_LOSSES,
    suffix=".jsonl",
    takes=frozenset({"seed"}),
    settings={
        "upstream": Setting(bool, "sample and lay out rows as open-instruct did"),
        "zero_shot": Setting(int, "with `upstream`: rows per task without demonstrations"),
        "few_shot": Setting(int, "with `upstream`: rows per task with demonstrations"),
        "demonstrations": Setting(int, "with `upstream`: demonstrations in each few-shot row"),
    },
)

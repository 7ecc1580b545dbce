"""Rows of the Tulu mixtures: messages, the id of the row and the data set it is from.

They are read as chat messages are: a first turn of the system is the definition, the last turn of
the assistant the answer, the turn before it the input, all others the context. `id` is that of the
instance. `source` (Tulu 3) or `dataset` (before) goes to `extras.tulu` with all other fields; a row
of a task that names none is from the task.

With the configuration `{"upstream": true}` tasks are written as open-instruct converted
Super-NaturalInstructions: of each task 60 sampled instances without demonstrations in a layout
drawn by weight, and 20 with 2 demonstrations in a fixed one (`zero_shot`, `few_shot` and
`demonstrations` say otherwise). The seed is that of the draws.
"""

from collections.abc import Iterable, Iterator

import orjson

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import (
    Chunk,
    CompanionFile,
    ConversionSource,
    Document,
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
    """Whether the rows have messages, an id, and the data set they are from."""
    if is_other_format(sample) or not is_mixture(sample):
        return False
    return holds_turns(sample, "messages", CHAT)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Rows of a file, one conversation each."""
    return tasks_from_rows(read_rows(source, LAYOUT), source, options)


def write(
    items: Iterable[Document | CompanionFile], options: ConvertOptions
) -> Iterator[Chunk | Problem]:
    """A row a line, of each instance with its first output, or of those that upstream samples."""
    if options.configuration.get("upstream") is True:
        return _as_upstream(items, options)
    return written_rows(items, options, LAYOUT)


def _as_upstream(
    items: Iterable[Document | CompanionFile], options: ConvertOptions
) -> Iterator[Chunk]:
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
        "upstream": Setting(bool, "whether rows are sampled as open-instruct did"),
        "zero_shot": Setting(int, "then of each task the rows without demonstrations"),
        "few_shot": Setting(int, "then of each task the rows with demonstrations"),
        "demonstrations": Setting(int, "then the demonstrations in each of these"),
    },
)

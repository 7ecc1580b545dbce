"""Prompts with completions, as TRL trains on them: two lists of messages, or two texts.

The turns of both lists are one conversation: its last turn is the answer, the one before it the
input, a first one of the system the definition. Of two texts the prompt is the input and the
completion the output; `extras.prompt_completion.prompt` of the instance is then `text`, and it is
written as two texts again. All other instances are written as lists. Other fields of a row and of
its turns go to `extras.prompt_completion`.
"""

from collections.abc import Iterable, Iterator

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
from taskschema.formats._chat.turns import CHAT, is_of_others
from taskschema.formats._loose import gathered

LAYOUT = Layout(
    name="prompt_completion", keys=("prompt", "completion"), dialect=CHAT, takes_texts=True
)


def sniff(sample: Sample) -> bool:
    """Whether the rows have both fields, and none that says which answers are wanted."""
    return sample.has(*LAYOUT.keys) and not is_of_others(sample)


def read(source: Source, options: Options) -> Iterator[Piece]:
    """Rows of a file, each of two lists or of two texts."""
    return gathered(read_rows(source, LAYOUT), source, options)


def write(items: Iterable[Document | Beside], options: Options) -> Iterator[Chunk | Problem]:
    """A row a line, of each instance with its first output."""
    return written_rows(items, options, LAYOUT)


FORMAT = Format(
    title="Prompts with completions, as of TRL",
    sniff=sniff,
    read=read,
    write=write,
    loses=LOSES,
    suffix=".jsonl",
)

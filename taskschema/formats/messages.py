"""Chat rows as OpenAI and TRL have them: `messages`, a list of turns with role and content.

A turn of the system at the beginning is the definition, the last turn of the assistant the answer,
the turn before it the input, and all others are the context. Roles are system, developer, user,
assistant, tool and function. A content may be a list of texts; images and sounds are refused.
Calls of tools without a text become their JSON. Other fields of a row, such as `tools`, and of its
turns, such as `name` and `weight`, go to `extras.messages` of the instance and are written again.
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
from taskschema.formats._chat.turns import CHAT, holds_turns, is_of_mixture, is_of_others
from taskschema.formats._loose import gathered

LAYOUT = Layout(name="messages", keys=("messages",), dialect=CHAT)


def sniff(sample: Sample) -> bool:
    """Whether the rows have messages, and are neither of a mixture nor of anything else."""
    others = is_of_mixture(sample) or is_of_others(sample)
    return holds_turns(sample, "messages", CHAT) and not others


def read(source: Source, options: Options) -> Iterator[Piece]:
    """Rows of a file, one conversation each."""
    return gathered(read_rows(source, LAYOUT), source, options)


def write(items: Iterable[Document | Beside], options: Options) -> Iterator[Chunk | Problem]:
    """A row a line, of each instance with its first output."""
    return written_rows(items, options, LAYOUT)


FORMAT = Format(
    title="Chat messages of OpenAI and TRL",
    sniff=sniff,
    read=read,
    write=write,
    loses=LOSES,
    suffix=".jsonl",
)

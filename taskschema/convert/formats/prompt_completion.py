"""Prompts with completions, as TRL trains on them: two lists of messages, or two texts.

The turns of both lists are one conversation: its last turn is the answer, the one before it the
input, a first one of the system the definition. Of two texts the prompt is the input and the
completion the output; `extras.prompt_completion.prompt` of the instance is then `text`, and it is
written as two texts again. All other instances are written as lists. Other fields of a row and of
its turns go to `extras.prompt_completion`.
"""

from taskschema.convert.pieces import Sample
from taskschema.convert.shared.chat.chat_format import format_of
from taskschema.convert.shared.chat.conversations import ChatLayout
from taskschema.convert.shared.chat.turns import CHAT, is_other_format

LAYOUT = ChatLayout(
    name="prompt_completion", keys=("prompt", "completion"), dialect=CHAT, takes_texts=True
)


def sniff(sample: Sample) -> bool:
    """Whether the rows have both fields, and none that says which answers are wanted."""
    return sample.has(*LAYOUT.keys) and not is_other_format(sample)


FORMAT = format_of(LAYOUT, "Prompts with completions, as of TRL", sniff)

"""Prompt and completion rows of TRL: two lists of messages, or two texts.

Lists: the turns of both lists form one conversation. Its last turn is the output, the turn before
it the input, and a first system turn the definition.

Texts: the prompt is the input and the completion the output. `extras.prompt_completion.prompt` of
the instance is then `text`, and the instance is written as two texts again. All other instances are
written as lists.

Other fields of a row and of its turns go to `extras.prompt_completion`.
"""

from taskschema.convert.pieces import Sample
from taskschema.convert.shared.chat.chat_format import format_of
from taskschema.convert.shared.chat.conversations import ChatLayout
from taskschema.convert.shared.chat.turns import CHAT, is_other_format

LAYOUT = ChatLayout(
    name="prompt_completion", keys=("prompt", "completion"), dialect=CHAT, takes_texts=True
)


def sniff(sample: Sample) -> bool:
    """Return whether the rows have both fields and no preferences or ratings of answers."""
    return sample.has(*LAYOUT.keys) and not is_other_format(sample)


FORMAT = format_of(LAYOUT, "Prompts with completions, as in TRL", sniff)

"""Chat rows as OpenAI and TRL have them: `messages`, a list of turns with role and content.

A turn of the system at the beginning is the definition, the last turn of the assistant the answer,
the turn before it the input, and all others are the context. Roles are system, developer, user,
assistant, tool and function. A content may be a list of texts; images and sounds are refused.
Calls of tools without a text become their JSON. Other fields of a row, such as `tools`, and of its
turns, such as `name` and `weight`, go to `extras.messages` of the instance and are written again.
"""

from taskschema.convert.pieces import Sample
from taskschema.convert.shared.chat.chat_format import format_of
from taskschema.convert.shared.chat.conversations import ChatLayout
from taskschema.convert.shared.chat.turns import CHAT, holds_turns, is_mixture, is_other_format

LAYOUT = ChatLayout(name="messages", keys=("messages",), dialect=CHAT)


def sniff(sample: Sample) -> bool:
    """Whether the rows have messages, and are neither of a mixture nor of anything else."""
    others = is_mixture(sample) or is_other_format(sample)
    return holds_turns(sample, "messages", CHAT) and not others


FORMAT = format_of(LAYOUT, "Chat messages of OpenAI and TRL", sniff)

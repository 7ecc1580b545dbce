"""Chat rows of OpenAI and TRL: `messages`, a list of turns with a role and a content.

The first turn, if its role is system, is the definition. The last assistant turn is the output, the
turn before it the input, and all other turns are the context. The roles are system, developer,
user, assistant, tool and function. A content may be a list of texts; images and audio are refused.
Tool calls without a text become their JSON. Other fields of a row, such as `tools`, and of a turn,
such as `name` and `weight`, go to `extras.messages` of the instance and are written back.
"""

from taskschema.convert.pieces import Sample
from taskschema.convert.shared.chat.chat_format import format_of
from taskschema.convert.shared.chat.conversations import ChatLayout
from taskschema.convert.shared.chat.turns import CHAT, holds_turns, is_mixture, is_other_format

LAYOUT = ChatLayout(name="messages", keys=("messages",), dialect=CHAT)


def sniff(sample: Sample) -> bool:
    """Return whether the rows have messages and are not rows of a more specific format."""
    others = is_mixture(sample) or is_other_format(sample)
    return holds_turns(sample, "messages", CHAT) and not others


FORMAT = format_of(LAYOUT, "Chat messages of OpenAI and TRL", sniff)

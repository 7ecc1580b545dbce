"""ShareGPT conversations of FastChat and LLaMA-Factory: turns with `from` and `value`.

The speakers are human, gpt, system, function_call and observation. Other common names of them, such
as user, assistant, chatgpt and tool, are accepted and kept. A first system turn is the definition;
without one, the field `system` is. The definition is written as a system turn. The last gpt turn is
the output, the turn before it the input, and all other turns are the context. `id` is the id of the
instance. Other fields of a row, such as `tools`, and of a turn, such as `weight`, go to
`extras.sharegpt`.
"""

from taskschema.convert.pieces import Sample
from taskschema.convert.shared.chat.chat_format import format_of
from taskschema.convert.shared.chat.conversations import ChatLayout
from taskschema.convert.shared.chat.turns import Dialect, holds_turns, is_other_format

USER, ASSISTANT, TOOL = ("human", "user"), ("gpt", "assistant"), ("observation", "tool")
SPEAKERS = Dialect(
    speaker="from",
    content="value",
    written={"system": "system", "user": "human", "assistant": "gpt", "tool": "observation"},
    read={"system": "system"}
    | dict.fromkeys(USER, "user")
    | dict.fromkeys((*ASSISTANT, "function_call", "chatgpt", "bing", "bard"), "assistant")
    | dict.fromkeys((*TOOL, "function_response"), "tool"),
)
LAYOUT = ChatLayout(
    name="sharegpt", keys=("conversations",), dialect=SPEAKERS, opening="system", has_id=True
)


def sniff(sample: Sample) -> bool:
    """Return whether the rows have conversations and no preferences or ratings of answers."""
    return holds_turns(sample, "conversations", SPEAKERS) and not is_other_format(sample)


FORMAT = format_of(LAYOUT, "ShareGPT conversations: from, value", sniff)

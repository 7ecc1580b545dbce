"""ShareGPT conversations, as FastChat and LLaMA-Factory read them: turns with `from` and `value`.

Those who speak are human, gpt, system, function_call and observation; other names of theirs, such
as user, assistant, chatgpt and tool, are kept. A first turn of the system, or else the field
`system`, is the definition, and is written as a turn; the last turn of gpt is the answer, the turn
before it the input, and all others are the context. `id` is that of the instance. Other fields of a
row, such as `tools`, and of its turns, such as `weight`, go to `extras.sharegpt`.
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
    """Whether the rows have conversations, and no answers that are only compared or rated."""
    return holds_turns(sample, "conversations", SPEAKERS) and not is_other_format(sample)


FORMAT = format_of(LAYOUT, "ShareGPT conversations: from, value", sniff)

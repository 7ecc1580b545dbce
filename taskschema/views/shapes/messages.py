"""Chat messages: definition, demonstrations, context, input, and the first output as the answer.

The last turn is the answer of the assistant. Demonstrations and context are separate turns.
"""

from collections.abc import Iterator, Sequence

from taskschema.core.plugin_settings import Setting
from taskschema.views.shared.conversations import DEMONSTRATIONS, SYSTEM, Shots, conversation
from taskschema.views.view import Record, Task, View, ViewOptions


def records(task: Task, indices: Sequence[int], options: ViewOptions) -> Iterator[Record]:
    """Yield a conversation for each instance."""
    shots = Shots(VIEW, task, options)
    has_system = VIEW.setting(options, "system")
    for index in indices:
        instance = task["instances"][index]
        turns = conversation(task, instance, shots.before(instance), has_system=has_system)
        answer = {"role": "assistant", "content": instance["output"][0]}
        yield {"messages": [*turns, answer], "task": task["name"], "id": instance["id"]}


VIEW = View(
    title="Chat messages, as in OpenAI and TRL",
    columns={
        "messages": [{"role": "string", "content": "string"}],
        "task": "string",
        "id": "string",
    },
    records=records,
    settings={"system": Setting(bool, SYSTEM, True), "demonstrations": DEMONSTRATIONS},
)

"""Messages of a chat: the definition, the turns before, the input, and the first output.

The last turn is the assistant's answer. Context and demonstrations are turns of their own.
"""

from collections.abc import Iterator, Sequence

from taskschema.core.plugin_settings import Setting
from taskschema.views.shared.conversations import DEMONSTRATIONS, SYSTEM, Shots, conversation
from taskschema.views.view import Record, Task, View, ViewOptions


def records(task: Task, indices: Sequence[int], options: ViewOptions) -> Iterator[Record]:
    """A conversation for each instance."""
    shots = Shots(VIEW, task, options)
    has_system = VIEW.setting(options, "system")
    for index in indices:
        instance = task["instances"][index]
        turns = conversation(task, instance, shots.before(instance), has_system=has_system)
        answer = {"role": "assistant", "content": instance["output"][0]}
        yield {"messages": [*turns, answer], "task": task["name"], "id": instance["id"]}


VIEW = View(
    title="Messages of a chat, as OpenAI and TRL have them",
    columns={
        "messages": [{"role": "string", "content": "string"}],
        "task": "string",
        "id": "string",
    },
    records=records,
    settings={"system": Setting(bool, SYSTEM, True), "demonstrations": DEMONSTRATIONS},
)

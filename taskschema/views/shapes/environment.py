"""Rows of reinforcement-learning environments, as in verifiers 0.1: prompt, answer, info.

The answer is the first output. `info` holds other values that a reward may need: task, id, all
outputs, metrics, answer format and, if there is one, the structured answer. It is a JSON string, as
its fields differ between tasks.
"""

from collections.abc import Iterator, Sequence

import orjson

from taskschema.core.plugin_settings import Setting
from taskschema.schema import vocabulary
from taskschema.views.shared.conversations import DEMONSTRATIONS, SYSTEM, Shots, conversation
from taskschema.views.view import Record, Task, View, ViewOptions


def records(task: Task, indices: Sequence[int], options: ViewOptions) -> Iterator[Record]:
    """Yield a row for each instance."""
    shots = Shots(VIEW, task, options)
    has_system = VIEW.setting(options, "system")
    answer_format = task.get("answer_format", {"kind": "text"})
    metrics = task.get("metrics") or vocabulary.default_metrics(answer_format["kind"])
    for index in indices:
        instance = task["instances"][index]
        info = {
            "task": task["name"],
            "id": instance["id"],
            "output": instance["output"],
            "metrics": metrics,
            "answer_format": answer_format,
        }
        if "answer" in instance:
            info["answer"] = instance["answer"]
        yield {
            "prompt": conversation(task, instance, shots.before(instance), has_system=has_system),
            "answer": instance["output"][0],
            "info": orjson.dumps(info).decode(),
        }


VIEW = View(
    title="Reinforcement-learning environments: prompt, answer, info",
    columns={
        "prompt": [{"role": "string", "content": "string"}],
        "answer": "string",
        "info": "string",
    },
    records=records,
    settings={"system": Setting(bool, SYSTEM, True), "demonstrations": DEMONSTRATIONS},
)

"""Rows of open-instruct for reinforcement learning with verifiable rewards.

`dataset` is the name of the verifier, and `ground_truth` its input, a text as in the published
datasets, so that both can be mixed. From several messages open-instruct removes the last, which it
treats as the answer (in older releases whatever its role). So several messages end with the answer.
"""

from collections.abc import Iterator, Sequence

import orjson

from taskschema.core.plugin_settings import Setting
from taskschema.views.shared.conversations import DEMONSTRATIONS, SYSTEM, Shots, conversation
from taskschema.views.view import Record, Task, View, ViewOptions


def records(task: Task, indices: Sequence[int], options: ViewOptions) -> Iterator[Record]:
    """Yield a row for each instance."""
    shots = Shots(VIEW, task, options)
    has_system = VIEW.setting(options, "system")
    verifier = VIEW.setting(options, "verifier")
    has_all = VIEW.setting(options, "alternatives")
    for index in indices:
        instance = task["instances"][index]
        output = instance["output"]
        turns = conversation(task, instance, shots.before(instance), has_system=has_system)
        if len(turns) > 1:
            turns.append({"role": "assistant", "content": output[0]})
        yield {
            "messages": turns,
            "ground_truth": orjson.dumps(output).decode() if has_all else output[0],
            "dataset": verifier,
        }


VIEW = View(
    title="Verifiable rewards, as in open-instruct: messages, ground_truth, dataset",
    columns={
        "messages": [{"role": "string", "content": "string"}],
        "ground_truth": "string",
        "dataset": "string",
    },
    records=records,
    settings={
        "system": Setting(bool, SYSTEM, False),
        "demonstrations": DEMONSTRATIONS,
        "verifier": Setting(str, "the name of the verifier", "string_f1"),
        "alternatives": Setting(
            bool,
            "whether the ground truth is a JSON list of all outputs, for the verifiers re_search "
            "and re_search_f1, instead of the first output",
            False,
        ),
    },
)

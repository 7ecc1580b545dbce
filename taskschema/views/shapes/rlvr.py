"""Rows of open-instruct for reinforcement learning with verifiable rewards.

`dataset` names the verifier and `ground_truth` is what it is given, a text as in the published
data, so that both can be mixed. Of several messages open-instruct drops the last, which it takes
for the answer (in older releases whoever says it): where there are several, the answer ends them.
"""

from collections.abc import Iterator, Sequence

import orjson

from taskschema.core.plugin_settings import Setting
from taskschema.views.shared.conversations import DEMONSTRATIONS, SYSTEM, Shots, conversation
from taskschema.views.view import Record, Task, View, ViewOptions


def records(task: Task, indices: Sequence[int], options: ViewOptions) -> Iterator[Record]:
    """A row for each instance."""
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
    title="Verifiable rewards, as of open-instruct: messages, ground_truth, dataset",
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
            "whether all outputs are the ground truth, as a list in JSON, which the verifiers "
            "re_search and re_search_f1 read; if not, the first is",
            False,
        ),
    },
)

"""Samples of Inspect, for evaluations: input, target, choices, id, metadata.

The input is a list of messages, the target lists every acceptable output. If all outputs are among
the choices, the target is their letters, as the solver `multiple_choice` requires. Inspect refuses
a dataset with repeated ids, so an id starts with the name of the task.
"""

from collections.abc import Iterator, Sequence

from taskschema.core.plugin_settings import Setting
from taskschema.schema import vocabulary
from taskschema.views.shared.conversations import DEMONSTRATIONS, SYSTEM, Shots, conversation
from taskschema.views.view import Record, Task, View, ViewOptions

LETTERS = 26  # followed by numbers from 1


def records(task: Task, indices: Sequence[int], options: ViewOptions) -> Iterator[Record]:
    """Yield a sample for each instance."""
    shots = Shots(VIEW, task, options)
    has_system = VIEW.setting(options, "system")
    has_labels = VIEW.setting(options, "labels")
    answer_format = task.get("answer_format", {"kind": "text"})
    labels = answer_format.get("labels", []) if has_labels else []
    about = {
        "task": task["name"],
        "kind": answer_format["kind"],
        "metrics": [
            *(task.get("metrics") or vocabulary.default_metrics(answer_format["kind"])),
        ],
        "categories": task.get("categories", []),
        "canary": task.get("canary"),
    }
    for index in indices:
        instance = task["instances"][index]
        is_scored = answer_format["kind"] == "choices"
        choices = [one["text"] for one in instance["answer"]] if is_scored else labels
        output = instance["output"]
        if not choices or not set(output) <= set(choices):
            choices, target = None, output
        else:
            target = [_letter(choices.index(text)) for text in output]
        yield {
            "input": conversation(task, instance, shots.before(instance), has_system=has_system),
            "target": target,
            "choices": choices,
            "id": f"{task['name']}:{instance['id']}",
            "metadata": about,
        }


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < LETTERS else str(number - LETTERS + 1)


VIEW = View(
    title="Samples of Inspect: input, target, choices, metadata",
    columns={
        "input": [{"role": "string", "content": "string"}],
        "target": ["string"],
        "choices": ["string"],
        "id": "string",
        "metadata": {
            "task": "string",
            "kind": "string",
            "metrics": ["string"],
            "categories": ["string"],
            "canary": "string",
        },
    },
    records=records,
    settings={
        "system": Setting(bool, SYSTEM, True),
        "demonstrations": DEMONSTRATIONS,
        "labels": Setting(bool, "whether the labels of a task are its choices", False),
    },
)

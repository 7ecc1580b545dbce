"""Prompts and completions for TRL, two texts.

The prompt is the definition, demonstrations, context and input, separated by blank lines, and ends
with `Output:`. The completion is a space and the first output, so that a token boundary falls
between the two.
"""

from collections.abc import Iterator, Sequence

from taskschema.views.shared.conversations import DEMONSTRATIONS, Shots, one_text
from taskschema.views.view import Record, Task, View, ViewOptions


def records(task: Task, indices: Sequence[int], options: ViewOptions) -> Iterator[Record]:
    """Yield a prompt and its completion for each instance."""
    shots = Shots(VIEW, task, options)
    for index in indices:
        instance = task["instances"][index]
        yield {
            "prompt": one_text(task, instance, shots.before(instance)),
            "completion": f" {instance['output'][0]}",
        }


VIEW = View(
    title="Prompts and completions, as in TRL",
    columns={"prompt": "string", "completion": "string"},
    records=records,
    settings={"demonstrations": DEMONSTRATIONS},
)

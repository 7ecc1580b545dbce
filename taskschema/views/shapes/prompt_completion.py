"""Prompts with completions as TRL trains on them: two texts.

The prompt is the definition, demonstrations, the turns before, and the input, a blank line between
them; it ends with `Output:`. The completion is a space and the first output, so that a tokenizer
parts the two where they meet.
"""

from collections.abc import Iterator, Sequence

from taskschema.views.shared.conversations import DEMONSTRATIONS, Shots, one_text
from taskschema.views.view import Record, Task, View, ViewOptions


def records(task: Task, indices: Sequence[int], options: ViewOptions) -> Iterator[Record]:
    """A prompt and its completion for each instance."""
    shots = Shots(VIEW, task, options)
    for index in indices:
        instance = task["instances"][index]
        yield {
            "prompt": one_text(task, instance, shots.before(instance)),
            "completion": f" {instance['output'][0]}",
        }


VIEW = View(
    title="Prompts with completions, as of TRL",
    columns={"prompt": "string", "completion": "string"},
    records=records,
    settings={"demonstrations": DEMONSTRATIONS},
)

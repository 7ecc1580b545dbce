"""Alpaca: instruction, input and the first output.

The layout of a prompt is left to the trainer, as Stanford Alpaca leaves it to its training script.
"""

from collections.abc import Iterator, Sequence

from taskschema.views import Options, Record, Task, View
from taskschema.views._conversations import asked


def records(task: Task, indices: Sequence[int], _options: Options) -> Iterator[Record]:
    """A record for each instance."""
    for index in indices:
        instance = task["instances"][index]
        instruction, text = asked(task, instance)
        yield {"instruction": instruction, "input": text, "output": instance["output"][0]}


VIEW = View(
    title="Alpaca: instruction, input, output",
    columns={"instruction": "string", "input": "string", "output": "string"},
    records=records,
)

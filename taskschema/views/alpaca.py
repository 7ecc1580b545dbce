"""Alpaca: instruction, input and the first output.

The layout of a prompt is left to the trainer, as Stanford Alpaca leaves it to its training script.
"""

from collections.abc import Iterator, Sequence

from taskschema.views import Options, Record, Task, View


def records(task: Task, indices: Sequence[int], _options: Options) -> Iterator[Record]:
    """A record for each instance."""
    for index in indices:
        instance = task["instances"][index]
        yield {
            "instruction": task["definition"][0],
            "input": instance["input"],
            "output": instance["output"][0],
        }


VIEW = View(
    title="Alpaca: instruction, input, output",
    columns={"instruction": "string", "input": "string", "output": "string"},
    records=records,
)

"""Alpaca: instruction, input and the first output.

A row with its own instruction keeps it. Earlier turns of a conversation come before the input, one
per line. The prompt layout is up to the trainer, as in the training script of Stanford Alpaca.
"""

from collections.abc import Iterator, Sequence

from taskschema.schema.row_instructions import instruction_and_input
from taskschema.views.view import Record, Task, View, ViewOptions


def records(task: Task, indices: Sequence[int], _options: ViewOptions) -> Iterator[Record]:
    """Yield a record for each instance."""
    for index in indices:
        instance = task["instances"][index]
        instruction, text = instruction_and_input(task, instance)
        lines = [f"{turn['role'].capitalize()}: {turn['content']}" for turn in _turns(instance)]
        text = "\n".join([*lines, f"User: {text}"]) if lines else text
        yield {"instruction": instruction, "input": text, "output": instance["output"][0]}


def _turns(instance: Record) -> list[Record]:
    turns: list[Record] = instance.get("context", [])
    return turns


VIEW = View(
    title="Alpaca: instruction, input, output",
    columns={"instruction": "string", "input": "string", "output": "string"},
    records=records,
)

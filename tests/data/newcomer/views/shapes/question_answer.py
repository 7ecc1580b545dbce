"""Questions with answers: the input and the first output."""

from collections.abc import Iterator, Sequence

from taskschema.views.view import Record, Task, View, ViewOptions


def records(task: Task, indices: Sequence[int], _options: ViewOptions) -> Iterator[Record]:
    """Yield the question and the answer of each instance."""
    for index in indices:
        row = task["instances"][index]
        yield {"question": row["input"], "answer": row["output"][0]}


VIEW = View(
    title="Questions with answers",
    columns={"question": "string", "answer": "string"},
    records=records,
)

"""Two instances have the same input.

It counts twice in every score, and its answers are spread over two rows. Merge the outputs into
one instance. Instances that differ in their context or attachments ask different questions. The
fix adds to the first instance what outputs it lacks and removes the others; it is left to a person
where instances hold more than id, input and output, where the evaluation subset names one that
would go, and where labels contradict each other, since then one of them is wrong.
"""

from collections.abc import Iterator

from taskschema.columns import Columns
from taskschema.findings import Applicability, Edit, Severity
from taskschema.rules import TaskRule, Violation

KEYS = 3  # id, input and output: what every instance has


def check(columns: Columns) -> Iterator[Violation]:
    if not columns.normalised_groups:
        return
    kept = frozenset(columns.task.get("evaluation", {}).get("instances", ()))
    for group in columns.normalised_groups:
        equal: dict[str, list[int]] = {}
        for index in group:
            equal.setdefault(columns.inputs[index], []).append(index)
        for first, *others in equal.values():
            edits = _merged(columns, first, others, kept) if others else ()
            for index in others:
                message = f"has the input of instance {columns.ids[first]} again. Merge them."
                yield Violation(f"/instances/{index}/input", message, edits=edits)


def _merged(
    columns: Columns, first: int, others: list[int], kept: frozenset[str]
) -> tuple[Edit, ...]:
    """What makes one instance of several; nothing where that is not sure to be right."""
    if any(len(columns.instances[index]) > KEYS for index in (first, *others)):
        return ()
    if not kept.isdisjoint(columns.ids[index] for index in others):
        return ()
    # In the order in which they come, each once.
    outputs = dict.fromkeys(text for index in others for text in columns.outputs[index])
    there = frozenset(columns.outputs[first])
    missing = [text for text in outputs if text not in there]
    if missing and columns.label_space is not None:
        return ()
    added = (Edit("add", f"/instances/{first}/output/-", text) for text in missing)
    return (*added, *(Edit("remove", f"/instances/{index}") for index in others))


RULE = TaskRule(
    code="INS002",
    name="duplicate-input",
    severity=Severity.ERROR,
    since="0.1",
    outranks=("INS003",),
    fix=Applicability.UNSAFE,
    check=check,
    good={},
    bad={
        "instances": [
            {"id": "a", "input": "which one?", "output": ["one"]},
            {"id": "b", "input": "which one?", "output": ["one"]},
        ]
    },
)

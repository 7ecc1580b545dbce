"""Two instances have the same input.

It counts twice in every score, and its answers are spread over two rows. Merge the outputs into
one instance. Instances that differ in their context or attachments ask different questions. The
fix adds to the first instance what outputs it lacks and removes the others; it is left to a person
where instances hold more than id, input and output, where the evaluation subset names one that
would go, and where labels contradict each other, since then one of them is wrong.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

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
            merges = _may_merge(columns, first, others, kept) if others else False
            there = set(columns.outputs[first])
            for index in others:
                cure = "Merge them."
                if set(columns.outputs[index]) != set(columns.outputs[first]):
                    cure = "Their outputs differ: merge them, or correct one."
                message = f"has the input of instance {columns.ids[first]} again. {cure}"
                # In the order in which they come, each once.
                missing = dict.fromkeys(
                    text for text in columns.outputs[index] if text not in there
                )
                there.update(missing)
                edits = (
                    *(Edit("add", f"/instances/{first}/output/-", text) for text in missing),
                    Edit("remove", f"/instances/{index}"),
                )
                yield Violation(f"/instances/{index}/input", message, edits=edits if merges else ())


def _may_merge(columns: Columns, first: int, others: list[int], kept: frozenset[str]) -> bool:
    """Whether it is sure to be right to make one instance of several."""
    if any(len(columns.instances[index]) > KEYS for index in (first, *others)):
        return False
    if not kept.isdisjoint(columns.ids[index] for index in others):
        return False
    there = frozenset(columns.outputs[first])
    return columns.label_space is None or all(
        there.issuperset(columns.outputs[index]) for index in others
    )


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

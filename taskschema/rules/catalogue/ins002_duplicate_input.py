"""Two instances have the same input.

The input counts twice in every score, and its answers are spread over two rows. Merge the outputs
into one instance.

Instances with a different context or different attachments ask different questions and are not
reported. `--unsafe-fixes` adds the missing outputs to the first instance and removes the others. It
does nothing if the instances have keys other than id, input and output, if the evaluation subset
names one that would be removed, or if their labels contradict each other, since then one of them is
wrong.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

KEYS = 3  # id, input and output, which every instance has


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
            present = set(columns.outputs[first])
            for index in others:
                advice = "Merge them."
                if set(columns.outputs[index]) != set(columns.outputs[first]):
                    advice = "Their outputs differ: merge them, or correct one."
                message = f"repeats the input of instance {columns.ids[first]}. {advice}"
                # A dict keeps the order of the outputs and drops repeated ones.
                missing = dict.fromkeys(
                    text for text in columns.outputs[index] if text not in present
                )
                present.update(missing)
                edits = (
                    *(Edit("add", f"/instances/{first}/output/-", text) for text in missing),
                    Edit("remove", f"/instances/{index}"),
                )
                yield Violation(f"/instances/{index}/input", message, edits=edits if merges else ())


def _may_merge(columns: Columns, first: int, others: list[int], kept: frozenset[str]) -> bool:
    """Whether merging the instances is certainly right."""
    if any(len(columns.instances[index]) > KEYS for index in (first, *others)):
        return False
    if not kept.isdisjoint(columns.ids[index] for index in others):
        return False
    present = frozenset(columns.outputs[first])
    return columns.label_space is None or all(
        present.issuperset(columns.outputs[index]) for index in others
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

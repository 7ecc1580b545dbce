"""Two instances have the same input.

It counts twice in every score, and its answers are spread over two rows. Merge the outputs into
one instance. Instances that differ in their context or attachments ask different questions.
"""

from collections.abc import Iterator

from taskschema.columns import Columns
from taskschema.findings import Severity
from taskschema.rules import TaskRule, Violation


def check(columns: Columns) -> Iterator[Violation]:
    if len(set(columns.inputs)) == len(columns.inputs):
        return
    for group in columns.normalised_groups:
        first: dict[str, int] = {}
        for index in group:
            text = columns.inputs[index]
            if (earlier := first.setdefault(text, index)) != index:
                message = f"has the input of instance {columns.ids[earlier]} again. Merge them."
                yield Violation(f"/instances/{index}/input", message)


RULE = TaskRule(
    code="INS002",
    name="duplicate-input",
    severity=Severity.ERROR,
    since="0.1",
    outranks=("INS003",),
    check=check,
    good={},
    bad={
        "instances": [
            {"id": "a", "input": "which one?", "output": ["one"]},
            {"id": "b", "input": "which one?", "output": ["one"]},
        ]
    },
)

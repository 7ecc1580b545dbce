"""A negative demonstration gives a right answer to the input of an instance.

The same answer is marked as wrong and as right, and a model learns from both. Correct the
demonstration or the instance.

Inputs are compared without regard to case and white space, outputs exactly.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    for index, row in enumerate(columns.demonstrations["negative_demonstrations"]):
        for instance in columns.instances_like(row):
            if row["output"] in columns.outputs[instance]:
                message = (
                    f"{quote(row['output'])} is a right output of instance {columns.ids[instance]},"
                    " which has the same input. Correct one of them."
                )
                yield Violation(f"/negative_demonstrations/{index}/output", message)
                break


RULE = TaskRule(
    code="DEM002",
    name="negative-is-gold",
    severity=Severity.ERROR,
    since="0.1",
    implies=("LEA001",),
    check=check,
    good={
        "negative_demonstrations": [{"input": "which one?", "output": "none", "explanation": "e"}],
        "instances": [{"id": "0", "input": "which other?", "output": ["none"]}],
    },
    bad={
        "negative_demonstrations": [{"input": "which one?", "output": "one", "explanation": "e"}],
        "instances": [{"id": "0", "input": "Which  one?", "output": ["one", "1"]}],
    },
)

"""Two instances have the same input and different outputs.

One of them is wrong, or each has only part of the answer. Correct the wrong one, or merge the
outputs into one instance.

This is an error in tasks with labels. Elsewhere it is a warning, since an open question may have
several good answers. Inputs are compared without regard to case and white space.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    severity = Severity.ERROR if columns.answer_format["kind"] == "label" else None
    for group in columns.normalised_groups:
        first = group[0]
        for index in group[1:]:
            if set(columns.outputs[index]) != set(columns.outputs[first]):
                here, there = (quote(", ".join(columns.outputs[at])) for at in (index, first))
                same = columns.inputs[index] == columns.inputs[first]
                but = "" if same else " except for case or white space"
                message = (
                    f"is {here}, but instance {columns.ids[first]} with the same input{but} has "
                    f"{there}. Correct one, or merge them."
                )
                yield Violation(f"/instances/{index}/output", message, severity)


RULE = TaskRule(
    code="INS004",
    name="contradiction",
    severity=Severity.WARNING,
    since="0.1",
    implies=("INS003",),
    check=check,
    good={},
    bad={
        "instances": [
            {"id": "a", "input": "which one?", "output": ["one"]},
            {"id": "b", "input": "Which  one?", "output": ["two"]},
        ]
    },
)

"""An input is blank where others are not.

The instance was likely cut short. Write the input, or take the instance out. A task whose inputs
are all blank asks with its definition alone, and is left alone.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    blank = columns.stripped_inputs.count("")
    if not 0 < blank < len(columns.inputs):
        return
    for index, text in enumerate(columns.stripped_inputs):
        if not text:
            yield Violation(
                f"/instances/{index}/input", "is blank. Write it, or drop the instance."
            )


RULE = TaskRule(
    code="INS006",
    name="blank-input",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={},
    bad={
        "instances": [
            {"id": "a", "input": "which one?", "output": ["one"]},
            {"id": "b", "input": " ", "output": ["two"]},
        ]
    },
)

"""An input is blank although others are not.

The instance was probably cut short. Write the input, or remove the instance.

If all inputs of a task are blank, the definition alone is the question, and nothing is reported.
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
            message = "input is blank. Write it, or remove the instance."
            yield Violation(f"/instances/{index}/input", message)


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

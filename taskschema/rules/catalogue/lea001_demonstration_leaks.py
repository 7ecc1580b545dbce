"""A demonstration is also an instance.

A prompt that shows the demonstration gives the answer away, and a score on that instance means
nothing. Take the instance out, or show another demonstration. Inputs are compared with case and
white space evened out; other context or attachments make it another question.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    for key, rows in columns.demonstrations.items():
        for index, row in enumerate(rows):
            if same := columns.instances_like(row):
                message = (
                    f"{quote(row['input'])} is also the input of instance {columns.ids[same[0]]}. "
                    "Take the instance out, or show another demonstration."
                )
                yield Violation(f"/{key}/{index}/input", message)


RULE = TaskRule(
    code="LEA001",
    name="demonstration-leaks",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={},
    bad={
        "positive_demonstrations": [
            {"input": "Question  1", "output": "a", "explanation": "e"},
            {"input": "shown", "output": "b", "explanation": "e"},
        ]
    },
)

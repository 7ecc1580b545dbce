"""A demonstration is also an instance.

A prompt with the demonstration contains the answer, so a score on that instance means nothing.
Remove the instance, or use another demonstration.

Inputs are compared without regard to case and white space. A different context or different
attachments make a different question.
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
                    "Remove the instance, or use another demonstration."
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

"""A demonstration has no output, or no input although all instances have one.

A prompt would show half a demonstration, and the model learns to answer nothing. Write the missing
text, or remove the demonstration.

A blank input is only a warning. It is not reported if an instance has a blank input too, or if the
demonstration has a context or attachments. The output of a negative demonstration may be blank: an
empty answer is a mistake worth showing.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    for index, row in enumerate(columns.demonstrations["positive_demonstrations"]):
        if not row["output"].strip():
            message = "output is blank. Write the right answer, or remove the demonstration."
            yield Violation(f"/positive_demonstrations/{index}/output", message)
    if not (columns.instances and all(columns.stripped_inputs)):
        return
    for key, rows in columns.demonstrations.items():
        for index, row in enumerate(rows):
            if not (row["input"].strip() or row.get("context") or row.get("attachments")):
                message = "input is blank. Write it, or remove the demonstration."
                yield Violation(f"/{key}/{index}/input", message, Severity.WARNING)


RULE = TaskRule(
    code="DEM009",
    name="blank-demonstration",
    severity=Severity.ERROR,
    since="0.1",
    outranks=("LAB002",),
    check=check,
    good={"negative_demonstrations": [{"input": "i", "output": " ", "explanation": "No word."}]},
    bad={
        "positive_demonstrations": [
            {"input": "shown one", "output": "one", "explanation": "It names one."},
            {"input": "shown two", "output": " ", "explanation": "It names two."},
        ]
    },
)

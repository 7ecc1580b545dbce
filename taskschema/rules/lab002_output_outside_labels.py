"""An output is none of the declared labels.

The list in `answer_format.labels` is closed: models are told to choose from it. Correct the output,
or add the label.
"""

from collections.abc import Iterator

from taskschema.columns import Columns
from taskschema.findings import Severity
from taskschema.rules import TaskRule, Violation
from taskschema.text import quote

MOST_SHOWN = 10


def check(columns: Columns) -> Iterator[Violation]:
    labels = columns.answer_format.get("labels")
    if labels is None:
        return
    allowed = frozenset(labels)
    shown = ", ".join(f"`{label}`" for label in labels[:MOST_SHOWN])
    shown += ", ..." if len(labels) > MOST_SHOWN else ""
    if not columns.distinct_outputs <= allowed:
        for index, outputs in enumerate(columns.outputs):
            for place, text in enumerate(outputs):
                if text not in allowed:
                    message = f"{quote(text)} is none of the labels {shown}. Correct it."
                    yield Violation(f"/instances/{index}/output/{place}", message)
    for index, row in enumerate(columns.demonstrations["positive_demonstrations"]):
        if row["output"] not in allowed:
            message = f"{quote(row['output'])} is none of the labels {shown}. Correct it."
            yield Violation(f"/positive_demonstrations/{index}/output", message)


RULE = TaskRule(
    code="LAB002",
    name="output-outside-labels",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={},
    bad={
        "definition": ["Is the question right or wrong?"],
        "answer_format": {"kind": "label", "labels": ["right", "wrong"]},
        "positive_demonstrations": [
            {"input": "first", "output": "right", "explanation": "It is."},
            {"input": "second", "output": "wrong", "explanation": "It is not."},
        ],
        "instances": [{"id": "a", "input": "which one?", "output": ["Right"]}],
    },
)

"""No instance has a declared label as its output.

The label is misspelt, its instances were lost, or models are offered a choice that is never right.
Correct or remove the label, or add instances.

With fewer than ten instances per label, a label may be absent by chance, and nothing is reported.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote, several
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

INSTANCES_PER_LABEL = 10


def check(columns: Columns) -> Iterator[Violation]:
    labels = columns.answer_format.get("labels")
    if labels is None or len(columns.instances) < INSTANCES_PER_LABEL * len(labels):
        return
    if columns.distinct_outputs.issuperset(labels):
        return
    for index, label in enumerate(labels):
        # `repeated-label` reports blank labels.
        if label not in columns.distinct_outputs and label.strip():
            count = several(len(columns.instances), "instance")
            message = (
                f"none of the {count} has the label {quote(label)}. Correct or remove it, or add "
                "instances."
            )
            yield Violation(f"/answer_format/labels/{index}", message)


SHOWN = [
    {"input": "first", "output": "one", "explanation": "It is."},
    {"input": "second", "output": "two", "explanation": "It is."},
]
INSTANCES = [
    {"id": f"{number}", "input": f"which {number}?", "output": [["one", "two"][number % 2]]}
    for number in range(30)
]

RULE = TaskRule(
    code="LAB004",
    name="unused-label",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={
        "definition": ["Answer the question with one, two or three."],
        "answer_format": {"kind": "label", "labels": ["one", "two", "three"]},
        "positive_demonstrations": SHOWN,
        "instances": INSTANCES[:29],
    },
    bad={
        "definition": ["Answer the question with one, two or three."],
        "answer_format": {"kind": "label", "labels": ["one", "two", "three"]},
        "positive_demonstrations": SHOWN,
        "instances": INSTANCES,
    },
)

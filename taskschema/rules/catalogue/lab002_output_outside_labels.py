"""An output is not one of the declared labels.

The list in `answer_format.labels` is closed: models are told to choose from it. Correct the output,
or declare the label.

If several instances have an output that is nearly an unused label, the label is probably misspelt,
and only the label is reported.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from taskschema.core.findings import Severity
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.enumerations import first_labels
from taskschema.schema.columns import Columns

MOST_UNDECLARED = 10  # outputs; with more, the list of labels is wrong altogether
SEVERAL = 3  # instances; with one or two, the output is probably the misspelt one


def check(columns: Columns) -> Iterator[Violation]:
    labels = columns.answer_format.get("labels")
    if labels is None:
        return
    allowed = frozenset(labels)
    shown = first_labels(labels)
    misspelt: dict[str, int] = {}
    if not columns.distinct_outputs <= allowed:
        misspelt = _misspelt(columns, labels)
        for text, index in misspelt.items():
            message = (
                f"no instance has {quote(labels[index])}, but several have {quote(text)}. Correct "
                "the label."
            )
            yield Violation(f"/answer_format/labels/{index}", message)
        for index, outputs in enumerate(columns.outputs):
            for place, text in enumerate(outputs):
                if text not in allowed and text not in misspelt:
                    message = f"{quote(text)} is not one of the labels {shown}. Correct it."
                    yield Violation(f"/instances/{index}/output/{place}", message)
    for index, row in enumerate(columns.demonstrations["positive_demonstrations"]):
        if row["output"] not in allowed and row["output"] not in misspelt:
            message = f"{quote(row['output'])} is not one of the labels {shown}. Correct it."
            yield Violation(f"/positive_demonstrations/{index}/output", message)


def _misspelt(columns: Columns, labels: Sequence[str]) -> dict[str, int]:
    """Map outputs of several instances to the index of the unused label they nearly equal."""
    unused = [label for label in labels if label.strip() and label not in columns.distinct_outputs]
    undeclared = columns.distinct_outputs.difference(labels)
    if not unused or len(undeclared) > MOST_UNDECLARED:
        return {}
    counts = Counter(text for outputs in columns.outputs for text in outputs)
    nearest = {
        text: near_misses(text, unused)[:1]
        for text in sorted(undeclared)
        if counts[text] >= SEVERAL
    }
    return {text: labels.index(near[0]) for text, near in nearest.items() if near}


RULE = TaskRule(
    code="LAB002",
    name="output-outside-labels",
    severity=Severity.ERROR,
    since="0.1",
    outranks=("LAB004",),
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

"""A demonstration repeats an earlier one.

A prompt with two demonstrations then shows only one. Use another input.

Demonstrations are equal if their inputs, without regard to case and white space, and their outputs
are equal. Two outputs for one input are two demonstrations, since several answers may be good and
several bad. Only two right labels for exactly the same input contradict each other. A different
context or different attachments make a different input. `--unsafe-fixes` removes a demonstration
that is equal in every field.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns, question

MOST_LABELS = 15  # distinct outputs; more are not labels
FEWEST_INSTANCES = 50  # fewer do not show whether outputs are labels


def check(columns: Columns) -> Iterator[Violation]:
    for key, rows in columns.demonstrations.items():
        first: dict[tuple[object, str], int] = {}
        of_input: dict[object, int] = {}
        for index, row in enumerate(rows):
            same_question = question(row)
            earlier = first.setdefault((same_question, row["output"]), index)
            other = of_input.setdefault((same_question, row["input"].strip()), index)
            if earlier != index:
                message = f"repeats demonstration {earlier}. Use another input."
                remove = Edit("remove", f"/{key}/{index}")
                edits = (remove,) if row == rows[earlier] else ()
                yield Violation(f"/{key}/{index}/input", message, edits=edits)
            elif other != index and key == "positive_demonstrations" and _has_labels(columns):
                message = (
                    f"has the label {quote(row['output'])}, but demonstration {other} with the "
                    f"same input has {quote(rows[other]['output'])}. Keep one."
                )
                yield Violation(f"/{key}/{index}/input", message)


def _has_labels(columns: Columns) -> bool:
    """Whether an input has one right output only, as far as the instances show."""
    if columns.answer_format["kind"] != "text":
        return bool(columns.answer_format["kind"] == "label")
    if len(columns.instances) < FEWEST_INSTANCES or max(map(len, columns.outputs)) > 1:
        return False
    return len(columns.distinct_outputs) <= MOST_LABELS


RULE = TaskRule(
    code="DEM006",
    name="repeated-demonstration",
    severity=Severity.WARNING,
    since="0.1",
    fix=Applicability.UNSAFE,
    check=check,
    good={
        "positive_demonstrations": [
            {"input": "shown 4", "output": "four", "explanation": "It is four in words."},
            {"input": "shown 4", "output": "the four", "explanation": "An article is allowed."},
        ],
    },
    bad={
        "positive_demonstrations": [
            {"input": "shown 4", "output": "four", "explanation": "It is four in words."},
            {"input": "shown 4", "output": "four", "explanation": "It is four in words."},
        ],
    },
)

"""A demonstration shows again what an earlier one shows.

A prompt of two demonstrations then shows one, and a third has no room. Show another input. A
demonstration is repeated where input and output are the same, with case and white space of the
input evened out. Two outputs of one input are two demonstrations, since there may be several good
answers and several bad ones; only right labels of the very same input contradict each other.
Another context or other attachments make it another input.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns, question_key

MOST_LABELS = 15  # more distinct outputs than these are no labels
FEWEST_INSTANCES = 50  # fewer say little on whether outputs are labels


def check(columns: Columns) -> Iterator[Violation]:
    for key, rows in columns.demonstrations.items():
        first: dict[tuple[object, str], int] = {}
        of_input: dict[object, int] = {}
        for index, row in enumerate(rows):
            asked = question_key(row)
            earlier = first.setdefault((asked, row["output"]), index)
            other = of_input.setdefault((asked, row["input"].strip()), index)
            if earlier != index:
                message = f"repeats demonstration {earlier}. Show another one."
                remove = Edit("remove", f"/{key}/{index}")
                edits = (remove,) if row == rows[earlier] else ()
                yield Violation(f"/{key}/{index}/input", message, edits=edits)
            elif other != index and key == "positive_demonstrations" and _has_labels(columns):
                outputs = f"{quote(rows[other]['output'])} and {quote(row['output'])}"
                message = f"has the right labels {outputs}, see demonstration {other}. Keep one."
                yield Violation(f"/{key}/{index}/input", message)


def _has_labels(columns: Columns) -> bool:
    """Whether a right answer rules out all others, as far as the task shows it."""
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
            {"input": "shown 4", "output": "the four", "explanation": "An article may stand."},
        ],
    },
    bad={
        "positive_demonstrations": [
            {"input": "shown 4", "output": "four", "explanation": "It is four in words."},
            {"input": "shown 4", "output": "four", "explanation": "It is four in words."},
        ],
    },
)

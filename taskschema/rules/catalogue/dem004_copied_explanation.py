"""Two demonstrations have the same explanation.

An explanation that fits several answers explains none of them, and was probably pasted. Write what
makes each output right or wrong for its input.

Whole explanations are compared without regard to case and white space. Short ones, which two
answers may share (`It is a verb.`), are not reported. `repeated-demonstration` reports
demonstrations that are equal altogether.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.normal_forms import normalise
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

SHORT = 20  # characters; longer texts do not coincide by chance


def check(columns: Columns) -> Iterator[Violation]:
    first: dict[str, tuple[str, tuple[str, str]]] = {}
    for key, rows in columns.demonstrations.items():
        for index, row in enumerate(rows):
            explanation = normalise(row["explanation"])
            if len(explanation) < SHORT:
                continue
            answered = (normalise(row["input"]), row["output"])
            name = f"{key.removesuffix('s').replace('_', ' ')} {index}"
            earlier, other = first.setdefault(explanation, (name, answered))
            if other != answered:
                message = f"repeats the explanation of {earlier}. Explain this output."
                yield Violation(f"/{key}/{index}/explanation", message)


RULE = TaskRule(
    code="DEM004",
    name="copied-explanation",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={
        "positive_demonstrations": [
            {"input": "shown 1", "output": "one", "explanation": "It is 1 in words."},
            {"input": "shown 2", "output": "two", "explanation": "It is 1 in words."},
            {"input": "shown 4", "output": "four", "explanation": "It names 4, which is four."},
            {"input": "shown 5", "output": "five", "explanation": "It names 5, which is five."},
        ],
    },
    bad={
        "positive_demonstrations": [
            {"input": "shown 4", "output": "four", "explanation": "The answer is in words."},
            {"input": "shown 5", "output": "five", "explanation": "The answer is in words."},
        ],
    },
)

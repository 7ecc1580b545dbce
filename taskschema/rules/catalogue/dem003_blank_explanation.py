"""An explanation is blank.

Explanations show people and models why an answer is right or wrong, and prompts with explanations
would show nothing. Write it.

A placeholder of punctuation only, such as `-`, counts as blank. Any letter or digit does not.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    for key, rows in columns.demonstrations.items():
        quality = "right" if key == "positive_demonstrations" else "wrong"
        for index, row in enumerate(rows):
            if not any(map(str.isalnum, row["explanation"])):
                message = f"explanation is blank. Write why the output is {quality}."
                yield Violation(f"/{key}/{index}/explanation", message)


RULE = TaskRule(
    code="DEM003",
    name="blank-explanation",
    severity=Severity.WARNING,
    since="0.1",
    outranks=("DEM010",),
    check=check,
    good={"negative_demonstrations": [{"input": "i", "output": "o", "explanation": "3 ≠ o"}]},
    bad={"negative_demonstrations": [{"input": "i", "output": "o", "explanation": "-"}]},
)

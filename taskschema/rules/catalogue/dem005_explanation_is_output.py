"""An explanation only repeats the output.

It explains nothing, and was probably written to fill the field. Write why the output is right, or
why it is wrong in a negative demonstration.

Case, white space and enclosing punctuation are ignored. An explanation with any further word is not
reported.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.normal_forms import bare
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    for key, rows in columns.demonstrations.items():
        quality = "right" if key == "positive_demonstrations" else "wrong"
        for index, row in enumerate(rows):
            explanation = bare(row["explanation"])
            if explanation and explanation == bare(row["output"]):
                message = f"only repeats the output. Write why the output is {quality}."
                yield Violation(f"/{key}/{index}/explanation", message)


RULE = TaskRule(
    code="DEM005",
    name="explanation-is-output",
    severity=Severity.WARNING,
    since="0.1",
    outranks=("DEM004",),
    check=check,
    good={"negative_demonstrations": [{"input": "i", "output": "3", "explanation": "Not 3."}]},
    bad={"negative_demonstrations": [{"input": "i", "output": "Four", "explanation": '"four".'}]},
)

"""A text of a demonstration starts or ends with white space.

Prompts show it and models copy it, and exact comparison of their answers then fails. Remove it.

The output of a negative demonstration is not checked, since stray white space may be the mistake
that it shows. Blank texts have rules of their own. `--fix` leaves an output alone that is repeated
elsewhere in the file, as a label is; change it by hand.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.white_space import is_stray, stray
from taskschema.schema.columns import Columns

PARTS = {
    "positive_demonstrations": ("input", "output", "explanation", "suggestion"),
    "negative_demonstrations": ("input", "explanation", "suggestion"),
}


def check(columns: Columns) -> Iterator[Violation]:
    for key, rows in columns.demonstrations.items():
        for index, row in enumerate(rows):
            for part in PARTS[key]:
                text = row.get(part, "")
                if is_stray(text):
                    pointer = f"/{key}/{index}/{part}"
                    yield stray(pointer, text, fixable=columns.may_change(pointer))


RULE = TaskRule(
    code="DEM010",
    name="stray-white-space-in-demonstration",
    severity=Severity.WARNING,
    since="0.1",
    fix=Applicability.SAFE,
    check=check,
    good={"negative_demonstrations": [{"input": "i", "output": "o ", "explanation": "A space."}]},
    bad={"negative_demonstrations": [{"input": "i ", "output": "o", "explanation": "A letter."}]},
)

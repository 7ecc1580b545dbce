"""A text of a demonstration begins or ends with white space.

It is shown in prompts, and models copy it, so that exact comparison of their answers fails. Remove
it. The output of a negative demonstration is left alone, since stray white space may be the mistake
that it shows. A blank text is another rule's business. An output that is repeated elsewhere in the
file, as a label is, must be changed by hand.
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
                    yield stray(pointer, text, mends=columns.may_change(pointer))


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

"""A definition is blank.

The definition is the instruction: without one, the task cannot be done. Write it, or remove the
blank paraphrase.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    for index, text in enumerate(columns.definition):
        if not text.strip():
            message = "definition is blank. Write the instruction, or remove the entry."
            yield Violation(f"/definition/{index}", message)


RULE = TaskRule(
    code="DEF001",
    name="blank-definition",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={"definition": ["Name the number."]},
    bad={"definition": ["Name the number.", " "]},
)

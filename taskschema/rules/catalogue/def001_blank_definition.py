"""A definition is blank.

The definition is the instruction; without one nobody can do the task. Write it, or remove the
blank paraphrase.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    for index, text in enumerate(columns.definition):
        if not text.strip():
            yield Violation(f"/definition/{index}", "is blank. Write it, or remove it.")


RULE = TaskRule(
    code="DEF001",
    name="blank-definition",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={"definition": ["Name the number."]},
    bad={"definition": ["Name the number.", " "]},
)

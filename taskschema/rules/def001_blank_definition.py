"""A definition is blank.

The definition is the instruction; without one nobody can do the task. Write it, or remove the
blank paraphrase.
"""

from collections.abc import Iterator

from taskschema.columns import Columns
from taskschema.findings import Severity
from taskschema.rules import TaskRule, Violation


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

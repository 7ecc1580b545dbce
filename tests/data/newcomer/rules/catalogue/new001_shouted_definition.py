"""A definition ends with an exclamation mark.

Models follow a calm instruction just as well. End the definition with a full stop.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    """Yield each definition that ends with an exclamation mark."""
    for index, text in enumerate(columns.definition):
        if text.endswith("!"):
            yield Violation(f"/definition/{index}", "ends with `!`. Write a full stop.")


RULE = TaskRule(
    code="NEW001",
    name="shouted-definition",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={"definition": ["Answer the question (no shouting!) in words."]},
    bad={"definition": ["Answer the question in words!"]},
)

"""Every instance has the same output.

A model that always says it scores full marks and has learned nothing. Look whether labels were
lost on the way, and add instances with other answers.
"""

from collections.abc import Iterator

from taskschema.columns import Columns
from taskschema.findings import Severity
from taskschema.rules import TaskRule, Violation
from taskschema.text import quote


def check(columns: Columns) -> Iterator[Violation]:
    if len(columns.instances) > 1 and len(columns.distinct_outputs) == 1:
        (only,) = columns.distinct_outputs
        yield Violation("/instances", f"every output is {quote(only)}. Add instances with others.")


RULE = TaskRule(
    code="LAB001",
    name="constant-output",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={},
    bad={
        "instances": [
            {"id": f"{number}", "input": f"which {number}?", "output": ["yes"]}
            for number in range(26)
        ]
    },
)

"""Two inputs differ only in case or white space.

They are probably the same question twice. Merge the instances, unless the task itself is about case
or white space.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    for group in columns.normalised_groups:
        for index in group[1:]:
            message = (
                f"differs from the input of instance {columns.ids[group[0]]} only in case or white "
                "space. Merge them."
            )
            yield Violation(f"/instances/{index}/input", message)


RULE = TaskRule(
    code="INS003",
    name="normalised-duplicate-input",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={},
    bad={
        "instances": [
            {"id": "a", "input": "which one?", "output": ["one"]},
            {"id": "b", "input": "Which  one?", "output": ["one"]},
        ]
    },
)

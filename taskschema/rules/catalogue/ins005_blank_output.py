"""An output is blank.

A model learns nothing from it, and an empty prediction scores full marks. Write the answer. If the
right answer is that no answer exists, write that in words, and explain it in the definition.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    if all(map(str.strip, columns.distinct_outputs)):
        return
    for index, outputs in enumerate(columns.outputs):
        for place, text in enumerate(outputs):
            if not text.strip():
                pointer = f"/instances/{index}/output/{place}"
                yield Violation(pointer, "output is blank. Write the answer.")


RULE = TaskRule(
    code="INS005",
    name="blank-output",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={},
    bad={"instances": [{"id": "a", "input": "which one?", "output": [" "]}]},
)

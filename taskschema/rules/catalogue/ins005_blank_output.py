"""An output is blank.

There is nothing to learn from it, and an empty prediction would score full marks. Write the
answer; where the right answer is that there is none, say so in words, and in the definition.
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
                yield Violation(f"/instances/{index}/output/{place}", "is blank. Write the answer.")


RULE = TaskRule(
    code="INS005",
    name="blank-output",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={},
    bad={"instances": [{"id": "a", "input": "which one?", "output": [" "]}]},
)

"""All instances share one right output.

A model that always gives this output scores full marks and has learned nothing. Check whether
labels were lost, and add instances with other outputs.

Fewer than five instances may agree by chance and are not reported. `blank-output` reports blank
outputs.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

FEWEST = 5  # with two equally likely labels, five instances agree in one task of sixteen


def check(columns: Columns) -> Iterator[Violation]:
    if len(columns.outputs) < FEWEST:
        return
    common = set(columns.outputs[0])
    for outputs in columns.outputs:
        common.intersection_update(outputs)
        if not common:
            return
    if output := min(filter(str.strip, common), default=""):
        message = f"all instances have the output {quote(output)}. Add instances with others."
        yield Violation("/instances", message)


RULE = TaskRule(
    code="LAB001",
    name="constant-output",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={
        "instances": [
            {"id": "0", "input": "which 0?", "output": ["no"]},
            *(
                {"id": f"{number}", "input": f"which {number}?", "output": ["yes"]}
                for number in range(1, 26)
            ),
        ]
    },
    bad={
        "instances": [
            {"id": f"{number}", "input": f"which {number}?", "output": ["yes"]}
            for number in range(26)
        ]
    },
)

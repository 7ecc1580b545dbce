"""One answer is right for every instance.

A model that always says it scores full marks and has learned nothing. Look whether labels were
lost on the way, and add instances with other answers. A handful of instances may agree by chance
and is left alone, as is an answer that is blank, which is another rule's business.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

FEWEST = 5  # of two labels, five instances have the same one in one task of sixteen


def check(columns: Columns) -> Iterator[Violation]:
    if len(columns.outputs) < FEWEST:
        return
    common = set(columns.outputs[0])
    for outputs in columns.outputs:
        common.intersection_update(outputs)
        if not common:
            return
    if shown := min(filter(str.strip, common), default=""):
        message = f"every instance has the output {quote(shown)}. Add instances with others."
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

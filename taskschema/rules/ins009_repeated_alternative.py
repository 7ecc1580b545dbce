"""An instance lists the same output twice.

Readers that draw one of the alternatives would favour it. Remove the second.
"""

from collections.abc import Iterator

from taskschema.columns import Columns
from taskschema.findings import Severity
from taskschema.rules import TaskRule, Violation
from taskschema.text import quote


def check(columns: Columns) -> Iterator[Violation]:
    if max(map(len, columns.outputs), default=0) == 1:
        return
    for index, outputs in enumerate(columns.outputs):
        if len(outputs) > 1 and len(set(outputs)) < len(outputs):
            seen: set[str] = set()
            for place, text in enumerate(outputs):
                if text in seen:
                    message = f"{quote(text)} is listed again. Remove it."
                    yield Violation(f"/instances/{index}/output/{place}", message)
                seen.add(text)


RULE = TaskRule(
    code="INS009",
    name="repeated-alternative",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={"instances": [{"id": "a", "input": "which one?", "output": ["one", "two"]}]},
    bad={"instances": [{"id": "a", "input": "which one?", "output": ["one", "one"]}]},
)

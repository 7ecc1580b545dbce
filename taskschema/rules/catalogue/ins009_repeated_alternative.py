"""An instance lists the same output twice.

Readers that draw one of the alternatives favour it. Remove the second one. `--unsafe-fixes` also
removes it from `answer` if it can be found there; otherwise change it by hand.
"""

from collections.abc import Iterator
from typing import Any

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    if max(map(len, columns.outputs), default=0) == 1:
        return
    for index, outputs in enumerate(columns.outputs):
        if len(outputs) > 1 and len(set(outputs)) < len(outputs):
            seen: set[str] = set()
            for place, text in enumerate(outputs):
                if text in seen:
                    message = f"{quote(text)} is listed twice. Remove one."
                    edits = _edits(index, place, columns.instances[index])
                    yield Violation(f"/instances/{index}/output/{place}", message, edits=edits)
                seen.add(text)


def _edits(index: int, place: int, row: dict[str, Any]) -> tuple[Edit, ...]:
    removed = Edit("remove", f"/instances/{index}/output/{place}")
    match row.get("answer"):
        case None:
            return (removed,)
        case [[*_], *_] as alternatives if len(alternatives) == len(row["output"]):
            return (removed, Edit("remove", f"/instances/{index}/answer/{place}"))
        case _:
            return ()


RULE = TaskRule(
    code="INS009",
    name="repeated-alternative",
    severity=Severity.WARNING,
    since="0.1",
    fix=Applicability.UNSAFE,
    check=check,
    good={"instances": [{"id": "a", "input": "which one?", "output": ["one", "two"]}]},
    bad={"instances": [{"id": "a", "input": "which one?", "output": ["one", "one"]}]},
)

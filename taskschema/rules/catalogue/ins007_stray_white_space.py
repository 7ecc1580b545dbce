"""An input or output starts or ends with white space.

Exact comparison fails on it, and some prompt formats double it. Remove it.

`blank-input` and `blank-output` report blank texts. `--fix` leaves an answer alone that is repeated
elsewhere in the file, as a label is; change it by hand.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.white_space import is_stray, stray
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    if columns.stripped_inputs != columns.inputs:
        for index, text in enumerate(columns.stripped_inputs):
            if text and text != columns.inputs[index]:
                yield stray(f"/instances/{index}/input", columns.inputs[index])
    if all(map(str.__eq__, columns.distinct_outputs, map(str.strip, columns.distinct_outputs))):
        return
    # Thousands of outputs may be stray, so the check that they share is made once.
    is_free = columns.plain and not columns.answer_format.get("labels")
    for index, outputs in enumerate(columns.outputs):
        for place, text in enumerate(outputs):
            if is_stray(text):
                pointer = f"/instances/{index}/output/{place}"
                yield stray(pointer, text, fixable=is_free or columns.may_change(pointer))


RULE = TaskRule(
    code="INS007",
    name="stray-white-space",
    severity=Severity.WARNING,
    since="0.1",
    fix=Applicability.SAFE,
    check=check,
    good={},
    bad={"instances": [{"id": "a", "input": "which one?", "output": ["one "]}]},
)

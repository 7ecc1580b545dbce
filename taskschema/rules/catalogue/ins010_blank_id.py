"""An id is blank, or contains invisible characters.

Predictions, split files and evaluation subsets refer to instances by id, often one per line. White
space at the ends gets lost there, and a control character breaks the line. Give the instance a
visible id.

White space at the ends is only a warning, since the id still identifies the instance. Spaces inside
an id are not reported.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

VISIBLE = bytes(range(0x21, 0x7F))
# Line breaks and invisible characters: C0, DEL, C1, line and paragraph separator.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def check(columns: Columns) -> Iterator[Violation]:
    # If all ids consist of visible ASCII characters, nothing remains, and no id needs a check.
    if not "".join(columns.ids).encode().translate(None, VISIBLE):
        return
    for index, name in enumerate(columns.ids):
        pointer = f"/instances/{index}/id"
        if not name.strip():
            yield Violation(pointer, "id is blank. Give the instance a visible id.")
        elif match := CONTROL.search(name):
            message = f"contains the control character U+{ord(match[0]):04X}. Change the id."
            yield Violation(pointer, message)
        elif name != name.strip():
            message = "starts or ends with white space. Remove it here and wherever it is used."
            yield Violation(pointer, message, Severity.WARNING)


RULE = TaskRule(
    code="INS010",
    name="blank-id",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={"instances": [{"id": "number 1", "input": "which one?", "output": ["one"]}]},
    bad={"instances": [{"id": " ", "input": "which one?", "output": ["one"]}]},
)

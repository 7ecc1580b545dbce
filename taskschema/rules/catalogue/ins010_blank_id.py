"""An id is blank, or holds what cannot be seen.

Predictions, split files and evaluation subsets name instances by id, often one to a line, where
white space round it gets lost and a control character breaks the line. Give the instance an id
that can be seen. White space at the ends is a warning, since the id still tells instances apart;
a space inside is left alone.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

VISIBLE = bytes(range(0x21, 0x7F))
# What ends a line somewhere, or is shown nowhere: C0, DEL, C1, line and paragraph separator.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def check(columns: Columns) -> Iterator[Violation]:
    # Nothing but visible ASCII characters leaves nothing, and no id to look at.
    if not "".join(columns.ids).encode().translate(None, VISIBLE):
        return
    for index, name in enumerate(columns.ids):
        pointer = f"/instances/{index}/id"
        if not name.strip():
            yield Violation(pointer, "is blank. Give the instance an id that can be seen.")
        elif match := CONTROL.search(name):
            message = f"holds the control character U+{ord(match[0]):04X}. Give it another id."
            yield Violation(pointer, message)
        elif name != name.strip():
            message = "begins or ends with white space, which gets lost. Remove it everywhere."
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

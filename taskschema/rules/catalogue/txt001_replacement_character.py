"""A text contains U+FFFD, which replaces lost characters.

The text was read in the wrong encoding at some point, and the original characters are lost. Copy
the text from its source again.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import several
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

LOST = re.compile("\ufffd")
SCREENS = (b"\xef\xbf\xbd",)


def check(columns: Columns) -> Iterator[Violation]:
    if columns.is_ascii:
        return
    for pointer, match in columns.found(LOST, SCREENS, everywhere=True):
        count = match.string.count(LOST.pattern)
        lost = several(count, "lost character")
        message = f"contains {lost} (U+FFFD). Copy the text from its source again."
        yield Violation(pointer, message, at=match.start())


RULE = TaskRule(
    code="TXT001",
    name="replacement-character",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={},
    bad={"definition": ["Is it a caf\ufffd?"]},
)

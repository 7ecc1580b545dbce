"""A text holds U+FFFD, the sign of characters that were lost.

Somewhere on the way the text was read in the wrong encoding, and what stood there is gone. Take it
from the source again.
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
        message = f"holds {lost} (U+FFFD). Take the text from its source again."
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

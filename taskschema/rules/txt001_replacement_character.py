"""A text holds U+FFFD, the sign of characters that were lost.

Somewhere on the way the text was read in the wrong encoding, and what stood there is gone. Take it
from the source again.
"""

from collections.abc import Iterator

from taskschema.columns import Columns
from taskschema.findings import Severity
from taskschema.rules import TaskRule, Violation

IN_UTF8 = b"\xef\xbf\xbd"
ESCAPED = (b"\\ufffd", b"\\uFFFD")


def check(columns: Columns) -> Iterator[Violation]:
    # One look at the bytes spares most files the look at every text.
    if IN_UTF8 in columns.raw or any(form in columns.raw for form in ESCAPED) or not columns.raw:
        for pointer, text in columns.texts():
            if count := text.count("\ufffd"):
                message = f"{count} characters were lost (U+FFFD). Take the text from its source."
                yield Violation(pointer, message)


RULE = TaskRule(
    code="TXT001",
    name="replacement-character",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={},
    bad={"definition": ["Caf\ufffd?"]},
)

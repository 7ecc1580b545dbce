"""A text contains a control character.

It is invisible, tokenizers treat it differently, and it usually comes from a terminal or a word
processor. Remove it.

The rule covers U+0000 to U+001F and U+007F, except tab, line feed and carriage return, which are
white space. Definitions and demonstrations are checked too.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# In JSON a control is `\u00XX`, `\b` or `\f`; a pair of backslashes before it is another escape.
ESCAPES = (b"\\u00", b"\\b", b"\\f", b"\x7f")
SCREENS = (re.compile(rb"\\(?<!\\\\)(?:\\\\)*(?:u00|b|f)"), b"\x7f")


def check(columns: Columns) -> Iterator[Violation]:
    if not columns.may_hold(*ESCAPES):
        return
    for pointer, match in columns.found(CONTROL, SCREENS, everywhere=True):
        name = f"U+{ord(match[0]):04X}"
        message = f"contains the control character {name} at index {match.start()}. Remove it."
        rest = CONTROL.sub("", match.string)
        fixable = rest.strip() and columns.may_change(pointer)
        edits = (Edit("replace", pointer, rest),) if fixable else ()
        yield Violation(pointer, message, at=match.start(), edits=edits)


RULE = TaskRule(
    code="TXT003",
    name="control-character",
    severity=Severity.WARNING,
    since="0.1",
    fix=Applicability.UNSAFE,
    check=check,
    good={"instances": [{"id": "a", "input": "is \\b\tor\n\\u0007 this?", "output": ["one"]}]},
    bad={"instances": [{"id": "a", "input": "which\x08 one?", "output": ["one"]}]},
)

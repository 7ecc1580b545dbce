"""A placeholder of `taskschema new` is not filled in.

The placeholder describes the missing text, and models would be shown the description instead of the
task. Replace the whole text, or remove the entry if it is not needed.

Only texts that start with `TODO: fill in` count. `leftover` reports other notes.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns
from taskschema.schema.placeholders import BEGINNING, gap, gaps


def check(columns: Columns) -> Iterator[Violation]:
    # A file that escapes these ASCII letters was not written by taskschema.
    if BEGINNING.encode() in columns.raw:
        for pointer, text in gaps(columns.task):
            message = f"{quote(text)} is a placeholder. Replace it with the text it describes."
            yield Violation(pointer, message)


RULE = TaskRule(
    code="TXT009",
    name="unfilled-gap",
    severity=Severity.ERROR,
    since="0.1",
    outranks=(
        *("TXT008", "TAX001", "TAX003", "LAN001", "LIC002", "DEF003", "DEF004"),
        *("DEM004", "DEM005", "DEM006", "DEM008", "LAB002", "LEA002"),
    ),
    check=check,
    good={"summary": "Fill in what is still TODO."},
    bad={"summary": gap("what the task asks for, in one line.")},
)

"""A gap that `taskschema new` left is not filled in.

Such a text says what is to stand in its place, and models would be shown that instead of the
task. Replace the whole text; where there is nothing to say, remove the entry. Only texts that begin
with the very words `TODO: fill in` count as gaps; other notes are another rule's business.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns
from taskschema.schema.placeholders import PREFIX, find_placeholders, placeholder


def check(columns: Columns) -> Iterator[Violation]:
    # A file that escapes these plain letters was not written by us.
    if PREFIX.encode() in columns.raw:
        for pointer, text in find_placeholders(columns.task):
            message = f"{quote(text)} is a gap. Write in its place what it asks for."
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
    bad={"summary": placeholder("what the task asks for, in one line.")},
)

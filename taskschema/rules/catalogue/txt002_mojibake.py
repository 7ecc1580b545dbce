"""A text was decoded with the wrong encoding somewhere on its way.

Two or three odd characters stand where one was meant, as in `cafÃ©` for `café`, and a model learns
to write them. Take the text from its source again, or see what `ftfy` makes of it. The judgement is
that of `ftfy.badness.is_bad`, which knows the sequences that hardly occur otherwise; accents,
quotation marks and other scripts by themselves are left alone. Definitions and demonstrations are
looked at too.
"""

# ruff: noqa: RUF001 - characters that are taken for others are what this is about

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.mojibake import bad_places
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    if columns.is_ascii:
        return
    for pointer, window in bad_places(columns.texts):
        message = f"{quote(window)} looks wrongly decoded. Take it from its source again."
        yield Violation(pointer, message, at=columns.text_at(pointer).find(window))


RULE = TaskRule(
    code="TXT002",
    name="mojibake",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={"definition": ["Name the café, the “Überraschung”, l’été – and Москва."]},
    bad={"definition": ["Name the cafÃ©."]},
)

"""A text was decoded with the wrong encoding (mojibake).

Two or three odd characters replace one, as in `cafÃ©` for `café`, and a model learns to write them.
Copy the text from its source again, or repair it with `ftfy`.

The check is `ftfy.badness.is_bad`, which knows sequences that hardly occur otherwise. Accents,
quotation marks and other scripts alone are not reported. Definitions and demonstrations are checked
too.
"""

# ruff: noqa: RUF001 - this rule is about confusable characters

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.mojibake import bad_places
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    if columns.is_ascii:
        return
    for pointer, window in bad_places(columns.texts):
        message = f"{quote(window)} is wrongly decoded. Copy the text from its source again."
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

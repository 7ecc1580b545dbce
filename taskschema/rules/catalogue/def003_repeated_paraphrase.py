"""A paraphrase repeats an earlier definition of the task.

Paraphrases show that the wording does not matter. A repeated one only makes its wording more likely
to be drawn. Remove it, or reword it.

Definitions are equal if they differ only in case or white space. `blank-definition` reports blank
ones.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.core.text.normal_forms import normalise
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    first: dict[str, int] = {}
    for index, text in enumerate(columns.definition):
        normalised = normalise(text)
        if normalised and (earlier := first.setdefault(normalised, index)) != index:
            pointer = f"/definition/{index}"
            message = f"repeats definition {earlier}. Remove it, or reword it."
            yield Violation(pointer, message, edits=(Edit("remove", pointer),))


RULE = TaskRule(
    code="DEF003",
    name="repeated-paraphrase",
    severity=Severity.WARNING,
    since="0.1",
    outranks=("DEF002", "DEF004"),
    fix=Applicability.UNSAFE,
    check=check,
    good={"definition": ["Answer with the number.", "Reply with the number."]},
    bad={"definition": ["Answer with the number.", "Answer with  the Number."]},
)

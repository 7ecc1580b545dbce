"""A definition starts or ends with white space.

Prompts add their own spaces and line breaks around the definition, so extra ones make the prompts
of this task look different from others. Remove them; `--fix` does.

White space inside a definition is not reported. `blank-definition` reports blank ones.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.white_space import is_stray, stray
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    for index, text in enumerate(columns.definition):
        if is_stray(text):
            yield stray(f"/definition/{index}", text)


RULE = TaskRule(
    code="DEF002",
    name="surrounding-white-space",
    severity=Severity.WARNING,
    since="0.1",
    fix=Applicability.SAFE,
    check=check,
    good={"definition": ["Answer the question.\n\nWrite the number  in words."]},
    bad={"definition": ["Answer the question.\n\nWrite the number  in words.\n"]},
)

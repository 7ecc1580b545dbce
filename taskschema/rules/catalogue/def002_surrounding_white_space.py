"""A definition begins or ends with white space.

Prompts put their own spaces and line breaks round the definition, and it then stands apart from
those of other tasks. Remove it. White space within a definition is left alone, and a blank
definition is another rule's business.
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

"""An input or output contains HTML entities.

They are left over from a web page: a reader sees `&`, a model sees `&amp;`. Write the character.

Named entities count only if HTML 5 defines the name, and every entity needs its semicolon. The fix
is unsafe, since some texts may be about the entity itself. If a task is about HTML, waive this rule
for it.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

# Names in HTML 5 have at most 31 letters, and code points at most this many digits.
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
SCREENS = (b"&",)
ROUNDS = 4  # `&amp;amp;lt;` was encoded three times; more does not occur


def check(columns: Columns) -> Iterator[Violation]:
    for pointer, match in columns.found(ENTITY, SCREENS):
        entity = next((entity for entity in ENTITY.findall(match.string) if _exists(entity)), None)
        if entity is None:
            continue
        message = f"contains the HTML entity {quote(entity)}. Write {quote(_character(entity))}."
        text = _decoded(match.string)
        fixable = text.strip() and not any(map(_exists, ENTITY.findall(text)))
        edits = (Edit("replace", pointer, text),) if fixable and columns.may_change(pointer) else ()
        yield Violation(pointer, message, at=match.string.find(entity), edits=edits)


def _exists(entity: str) -> bool:
    from html.entities import html5  # noqa: PLC0415 - a large table that few tasks need

    return entity[1] == "#" or entity[1:] in html5


def _character(entity: str) -> str:
    from html import unescape  # noqa: PLC0415 - as above

    return unescape(entity) if _exists(entity) else entity


def _decoded(text: str) -> str:
    for _ in range(ROUNDS):
        text = ENTITY.sub(lambda match: _character(match[0]), text)
    return text


RULE = TaskRule(
    code="TXT005",
    name="html-entity",
    severity=Severity.WARNING,
    since="0.1",
    fix=Applicability.UNSAFE,
    check=check,
    good={"instances": [{"id": "a", "input": "is a&b; more than R&D;?", "output": ["& so on;"]}]},
    bad={"instances": [{"id": "a", "input": "this &amp; that?", "output": ["one"]}]},
)

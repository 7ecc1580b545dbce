"""An input or output holds HTML tags.

They are left over from a web page: a reader sees a line break, a model sees `<br />`. Replace them
with what they stand for. Looked for are the tags br, p, div, span, a, b, i, u, em, strong, table,
td, tr, li, ul and ol, opening or closing, with attributes that have a value or without any,
or with one of the few that need none, such as `nowrap`; comparisons such as `a < b` are no tags.
Where a task is about HTML, waive this rule for it.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

TAG = re.compile(
    r"</?(?:br|p|div|span|a|b|i|u|em|strong|table|td|tr|li|ul|ol)"
    r"(?:\s+(?:(?:nowrap|border|compact|hidden)(?=[\s/>])|[\w:-]+\s*=)[^<>]*|\s*)/?>",
    re.IGNORECASE | re.ASCII,
)
SCREENS = (b"<",)


def check(columns: Columns) -> Iterator[Violation]:
    for pointer, match in columns.found(TAG, SCREENS):
        message = f"holds the HTML tag {quote(match[0])}. Write what it stands for."
        yield Violation(pointer, message, at=match.start())


RULE = TaskRule(
    code="TXT004",
    name="html-tag",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={"instances": [{"id": "a", "input": "is a <b or c> a?", "output": ["<s> one </s>"]}]},
    bad={"instances": [{"id": "a", "input": "which<br />one?", "output": ["one"]}]},
)

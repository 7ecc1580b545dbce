"""An input or output contains HTML tags.

They are left over from a web page: a reader sees a line break, a model sees `<br />`. Replace them
with the text that they render.

The rule finds the tags br, p, div, span, a, b, i, u, em, strong, table, td, tr, li, ul and ol,
opening or closing. Attributes must have a value, or be one of the few without, such as `nowrap`, so
comparisons such as `a < b` are not reported. If a task is about HTML, waive this rule for it.
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
        message = f"contains the HTML tag {quote(match[0])}. Replace it with plain text."
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

"""An input holds a link.

What it leads to is not part of the task, changes, and cannot be read by a model that has only the
text. Put what matters into the input, or leave the link out. Only `http://` and `https://` count;
an output may be a link, since a task can ask for one.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

LINK = re.compile(r"https?://[^\s\"<>]*")
SCREENS = (b"://",)


def check(columns: Columns) -> Iterator[Violation]:
    for pointer, match in columns.found(LINK, SCREENS):
        if pointer.endswith("/input"):
            message = (
                f"holds the link {quote(match[0])}. A model cannot follow it: write what it says."
            )
            yield Violation(pointer, message, at=match.start())


RULE = TaskRule(
    code="TXT006",
    name="link",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={"instances": [{"id": "a", "input": "www or ftp://?", "output": ["http://a.example"]}]},
    bad={"instances": [{"id": "a", "input": "see https://a.example/b", "output": ["one"]}]},
)

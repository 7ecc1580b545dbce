"""An input contains a link.

The linked page is not part of the task, it changes, and a model that has only the text cannot read
it. Put the relevant content into the input, or remove the link.

Only `http://` and `https://` count. Outputs are not checked, since a task may ask for a link.
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
                f"contains the link {quote(match[0])}, which a model cannot open. Write its "
                "content, or remove it."
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

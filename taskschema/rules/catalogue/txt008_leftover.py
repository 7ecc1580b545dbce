"""A text contains a note or a placeholder that was never replaced.

`TODO:`, lorem ipsum and `[insert a name here]` show that the text is unfinished. Finish it, or
remove the instance.

Definitions and demonstrations are checked too. The rule skips tasks about programs, whose texts may
contain such notes, and the word to-do in a sentence.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

LEFTOVER = re.compile(
    r"(?<![\w-])TODO(?: ?\([\w .-]{1,30}\))?:"
    r"|[Ll]orem [Ii]psum\b|\[[Ii]nsert [^\[\]\n]{1,60}\]"
)
SCREENS = (b"TODO", b"psum", b"nsert ")
ABOUT_PROGRAMS = re.compile(r"\b(?:code|program|programming|software)\b", re.IGNORECASE)


def check(columns: Columns) -> Iterator[Violation]:
    for pointer, match in columns.found(LEFTOVER, SCREENS, everywhere=True):
        about = columns.task.get("categories", []) + columns.task.get("domains", [])
        if any(map(ABOUT_PROGRAMS.search, [*about, *columns.definition])):
            return
        message = f"contains the placeholder {quote(match[0])}. Finish the text."
        yield Violation(pointer, message, at=match.start())


RULE = TaskRule(
    code="TXT008",
    name="leftover",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={"instances": [{"id": "a", "input": "insert a TODO list [here]?", "output": ["Ipsum"]}]},
    bad={"instances": [{"id": "a", "input": "which [insert a name here]?", "output": ["one"]}]},
)

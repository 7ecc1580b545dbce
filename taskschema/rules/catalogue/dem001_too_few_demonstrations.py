"""There are fewer demonstrations than the profile asks for.

Positive demonstrations show the form of the answer, negative ones where its limits are; few-shot
prompts draw on both. Add some, each with an explanation that says why.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import several
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    profile = columns.profile
    wanted = (profile.minimum_positive, profile.minimum_negative)
    for (key, rows), minimum in zip(columns.demonstrations.items(), wanted, strict=True):
        if len(rows) < minimum:
            what = several(len(rows), key.removesuffix("s").replace("_", " "))
            verb = "is" if len(rows) == 1 else "are"
            message = f"there {verb} {what}; the profile wants at least {minimum}. Add some."
            yield Violation(f"/{key}", message)


RULE = TaskRule(
    code="DEM001",
    name="too-few-demonstrations",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={},
    bad={"negative_demonstrations": []},
)

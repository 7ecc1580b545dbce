"""There are fewer demonstrations than the profile requires.

Positive demonstrations show the form of an answer, negative ones its limits. Few-shot prompts use
both. Add demonstrations, each with an explanation of why its output is right or wrong.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import several
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    profile = columns.profile
    minimums = (profile.minimum_positive, profile.minimum_negative)
    for (key, rows), minimum in zip(columns.demonstrations.items(), minimums, strict=True):
        if len(rows) < minimum:
            found = several(len(rows), key.removesuffix("s").replace("_", " "))
            message = f"has {found}; the profile requires at least {minimum}. Add some."
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

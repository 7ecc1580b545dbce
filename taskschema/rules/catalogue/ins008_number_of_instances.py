"""A task has fewer or more instances than the profile allows.

A score on few instances measures little, and very many instances outweigh the other tasks of a
mixture. Add instances, or sample them.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import several
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    count = len(columns.instances)

    least, most = columns.profile.minimum_instances, columns.profile.maximum_instances
    if count < least:
        found = several(count, "instance")
        message = f"has {found}; the profile requires at least {least}. Add some."
        yield Violation("/instances", message)
    if most is not None and count > most:
        found = several(count, "instance")
        message = f"has {found}; the profile allows at most {most}. Sample them."
        yield Violation("/instances", message)


RULE = TaskRule(
    code="INS008",
    name="number-of-instances",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={},
    bad={"instances": []},
)

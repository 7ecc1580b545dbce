"""There are fewer or more instances than the profile asks for.

Few instances measure little; very many outweigh the other tasks of a mixture. Add instances, or
sample them.
"""

from collections.abc import Iterator

from taskschema.columns import Columns
from taskschema.findings import Severity
from taskschema.rules import TaskRule, Violation


def check(columns: Columns) -> Iterator[Violation]:
    count, profile = len(columns.instances), columns.profile
    if count < profile.minimum_instances:
        message = f"there are {count} instances; at least {profile.minimum_instances} are wanted."
        yield Violation("/instances", message)
    if profile.maximum_instances is not None and count > profile.maximum_instances:
        message = f"there are {count} instances; at most {profile.maximum_instances} are wanted."
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

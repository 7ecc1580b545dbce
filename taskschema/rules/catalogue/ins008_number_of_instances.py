"""There are fewer or more instances than the profile asks for.

Few instances measure little; very many outweigh the other tasks of a mixture. Add instances, or
sample them.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import several
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    count = len(columns.instances)
    verb = "is" if count == 1 else "are"
    least, most = columns.profile.minimum_instances, columns.profile.maximum_instances
    if count < least:
        message = (
            f"there {verb} {several(count, 'instance')}; at least {least} are wanted. Add some."
        )
        yield Violation("/instances", message)
    if most is not None and count > most:
        message = (
            f"there {verb} {several(count, 'instance')}; at most {most} are wanted. Sample them."
        )
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

"""Two tasks have the same instances.

Their inputs and outputs are the same, so one task counts twice in every mixture and every score.
Remove one, and add its name to the aliases of the other.

At least nine tenths of the instances of the smaller task must be in the other, ignoring case. Large
tasks are compared by a sample. `shared-inputs` reports smaller shares.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.collection_context import CollectionContext, TaskDigest
from taskschema.rules.rule import CollectionRule, Violation
from taskschema.rules.shared.overlaps import common_share, pairs

NEARLY_ALL = 0.9


def check(context: CollectionContext) -> Iterator[tuple[str, Violation]]:
    for entry, others in pairs(context.tasks, lambda entry: entry.rows):
        for other, count in others:
            smaller, larger = sorted((entry, other), key=lambda one: one.instances)
            if common_share(count, smaller, larger) >= NEARLY_ALL:
                yield entry.path, Violation("", _message(entry, other))
                break


def _message(entry: TaskDigest, other: TaskDigest) -> str:
    verb = "contains" if entry.instances > other.instances else "repeats"
    return (
        f"{verb} the instances of `{other.name}`, with the same outputs. "
        "Remove one, and add its name to the aliases of the other."
    )


ROWS = [{"id": str(n), "input": f"Which number? {n}", "output": [str(n)]} for n in range(30)]
OTHERS = [{**row, "output": [f"{row['output']}!"]} for row in ROWS]

RULE = CollectionRule(
    code="LEA004",
    name="duplicate-task",
    severity=Severity.WARNING,
    since="0.1",
    outranks=("LEA003",),
    check=check,
    good={"one": {"instances": ROWS[:13]}, "two": {"instances": OTHERS[:13]}},
    bad={"one": {"instances": ROWS}, "two": {"instances": ROWS[:29]}},
)

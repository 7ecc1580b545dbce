"""Two tasks share most of their inputs.

Tasks made from one source often do. A model trained on one and tested on the other has seen the
test texts. Keep both tasks in one split.

At least half of the inputs of the smaller task must be shared, ignoring case and white space at the
ends. Large tasks are compared by a sample. Inputs of a few letters, such as names and numbers, do
not count. Two tasks that split lists already name are not reported.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.collection_context import CollectionContext, TaskDigest
from taskschema.rules.rule import CollectionRule, Violation
from taskschema.rules.shared.enumerations import first_few
from taskschema.rules.shared.overlaps import common_share, pairs
from taskschema.rules.shared.split_lines import owners

MOST = 0.5


def check(context: CollectionContext) -> Iterator[tuple[str, Violation]]:
    known = owners(context)
    listed = {known[name].path for one in context.splits for _, name in one.names if name in known}
    for entry, others in pairs(context.tasks, lambda entry: entry.inputs):
        shares = [
            (share, other.name)
            for other, count in others
            if not {entry.path, other.path} <= listed
            and (share := _share(entry, other, count)) >= MOST
        ]
        if shares:
            yield entry.path, Violation("", _message(sorted(shares, key=lambda one: -one[0])))


def _share(entry: TaskDigest, other: TaskDigest, count: int) -> float:
    smaller, larger = sorted((entry, other), key=lambda one: one.instances)
    return common_share(count, smaller, larger)


def _message(shares: list[tuple[float, str]]) -> str:
    named = first_few([f"`{name}` (about {share:.0%})" for share, name in shares])
    return f"shares inputs with {named} (share of the smaller task). Keep the tasks in one split."


TEXTS = [f"What comes after {number}, and what before?" for number in range(26)]
AFTER = [{"id": text, "input": text, "output": [f"after: {text}"]} for text in TEXTS]
BEFORE = [{"id": text, "input": text, "output": [f"before: {text}"]} for text in TEXTS]

RULE = CollectionRule(
    code="LEA003",
    name="shared-inputs",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={
        "one": {"instances": AFTER},
        "two": {"instances": BEFORE[:10]},
    },
    bad={
        "one": {"instances": AFTER},
        "two": {"instances": BEFORE[:16]},
    },
)

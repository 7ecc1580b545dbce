"""A task is in two splits of one track, or twice in one list.

Testing on a task that was trained on is worthless, and a task listed twice counts twice. Keep one
line.

An alias counts as its task. Tracks are independent of each other, and a list named `all` may repeat
the tasks of other lists.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.collection_context import CollectionContext, SplitList
from taskschema.rules.rule import CollectionRule, Violation
from taskschema.rules.shared.split_lines import owners

EVERYTHING = "all"


def check(context: CollectionContext) -> Iterator[tuple[str, Violation]]:
    known = owners(context)
    places: dict[tuple[str, str], tuple[SplitList, int]] = {}
    for one in context.splits:
        track = f"{one.track}/{EVERYTHING}" if one.split == EVERYTHING else one.track
        for line, name in one.names:
            task = known[name].name if name in known else name
            first, at = places.setdefault((track, task), (one, line))
            if (first, at) != (one, line):
                if first is one:
                    message = f"`{task}` is already on line {at}. Remove this line."
                else:
                    message = (
                        f"`{task}` is already in the split `{first.split}`, on line {at}. "
                        "Keep one of the two."
                    )
                yield one.path, Violation(f"line:{line}", message)


RULE = CollectionRule(
    code="SPL002",
    name="split-not-disjoint",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={
        "one": {},
        "splits/default/test_tasks.txt": "one\n",
        "splits/xlingual/train_tasks.txt": "one\n",
    },
    bad={
        "one": {"aliases": ["first"]},
        "splits/default/test_tasks.txt": "one\n",
        "splits/default/train_tasks.txt": "first\n",
    },
)

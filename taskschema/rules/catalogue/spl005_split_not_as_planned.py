"""A split list differs from the split policy of the collection.

The tasks changed after the lists were written, or a list was edited by hand, so the reason for a
task's split is lost. Run `taskschema split build`, or change `[splits]` in `taskschema.toml`.

The rule does not run without a policy in `taskschema.toml`, or if only part of the collection is
checked. It ignores splits and tracks that the policy does not cover.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from taskschema.core.findings import Severity
from taskschema.rules.collection_context import CollectionContext, PlannedSplit
from taskschema.rules.rule import CollectionRule, Violation
from taskschema.rules.shared.enumerations import first_few, in_backticks
from taskschema.rules.shared.split_lines import owners, places

ADVICE = "Run `taskschema split build`, or change the policy."
SPLITS = ("train", "dev", "test", "excluded")


def check(context: CollectionContext) -> Iterator[tuple[str, Violation]]:
    if not context.complete:
        return
    listed = places(context)
    files = {(one.track, one.split): one.path for one in context.splits}
    missing: dict[tuple[str, str], list[PlannedSplit]] = defaultdict(list)
    for one in context.planned:
        lists = listed.get(one.track, {})
        if one.task not in lists.get(one.split, {}):
            missing[one.track, one.split].append(one)
        for split in SPLITS:
            if split != one.split and one.task in lists.get(split, {}):
                place, line = lists[split][one.task]
                yield place, Violation(f"line:{line}", f"{_other_split(one)}. {ADVICE}")
    elsewhere = _anywhere(listed)
    for (track, split), tasks in sorted(missing.items()):
        absent = [one for one in tasks if one.task not in elsewhere.get(track, ())]
        if path := files.get((track, split)):
            if absent:
                yield path, Violation("", f"{_missing(absent)}. {ADVICE}")
        elif absent:
            yield _first_task(context, absent), Violation("", f"{_missing_list(absent)}. {ADVICE}")


def _anywhere(
    listed: Mapping[str, Mapping[str, Mapping[str, object]]],
) -> dict[str, set[str]]:
    """Return the tasks that are in any list of each track."""
    return {
        track: {task for split in SPLITS for task in lists.get(split, {})}
        for track, lists in listed.items()
    }


def _first_task(context: CollectionContext, absent: Sequence[PlannedSplit]) -> str:
    """Return the file of the first task, since there is no list to point to."""
    return owners(context)[absent[0].task].path


def _other_split(one: PlannedSplit) -> str:
    return f"the policy puts `{one.task}` into the split `{one.split}`: {one.reason}"


def _missing(absent: Sequence[PlannedSplit]) -> str:
    return f"lacks {_named(absent)}"


def _missing_list(absent: Sequence[PlannedSplit]) -> str:
    first = absent[0]
    path = f"splits/{first.track}/{first.split}_tasks.txt"
    return f"{path} does not exist, but the policy puts {_named(absent)} there"


def _named(absent: Sequence[PlannedSplit]) -> str:
    return first_few(in_backticks(one.task for one in absent))


POLICY = '[splits]\npolicy = "none"\ntest_tasks.one = "On purpose."\n'

RULE = CollectionRule(
    code="SPL005",
    name="split-not-as-planned",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={
        "one": {"aliases": ["first"]},
        "two": {},
        "taskschema.toml": POLICY,
        "splits/default/test_tasks.txt": "first\n",
        "splits/default/train_tasks.txt": "two\n",
    },
    bad={
        "one": {},
        "two": {},
        "taskschema.toml": POLICY,
        "splits/default/train_tasks.txt": "one\ntwo\n",
    },
)

"""A split list is not what the policy of the collection makes of its tasks.

Either the tasks have changed since the lists were written, or somebody edited a list, and nobody
can tell any more why a task stands where it does. Run `taskschema split build`, or write what is
wanted into `[splits]` of `taskschema.toml`. Nothing is said where that declares no policy, when
only a part of the collection was checked, and of lists of other splits and tracks.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from taskschema.core.findings import Severity
from taskschema.rules.overview import Overview, Planned
from taskschema.rules.rule import CollectionRule, Violation
from taskschema.rules.shared.split_lines import owners, places

CURE = "Run `taskschema split build`, or change the policy."
SPLITS = ("train", "dev", "test", "excluded")
NAMED = 3  # as many tasks as a message names


def check(overview: Overview) -> Iterator[tuple[str, Violation]]:
    if not overview.complete:
        return
    listed = places(overview)
    files = {(one.track, one.split): one.path for one in overview.splits}
    missing: dict[tuple[str, str], list[Planned]] = defaultdict(list)
    for one in overview.planned:
        lists = listed.get(one.track, {})
        if one.task not in lists.get(one.split, {}):
            missing[one.track, one.split].append(one)
        for split in SPLITS:
            if split != one.split and one.task in lists.get(split, {}):
                place, line = lists[split][one.task]
                yield place, Violation(f"line:{line}", f"{_placed(one)}. {CURE}")
    elsewhere = _anywhere(listed)
    for (track, split), tasks in sorted(missing.items()):
        absent = [one for one in tasks if one.task not in elsewhere.get(track, ())]
        if path := files.get((track, split)):
            if absent:
                yield path, Violation("", f"{_lacks(absent)}. {CURE}")
        elif absent:
            yield _beside(overview, absent), Violation("", f"{_unwritten(absent)}. {CURE}")


def _anywhere(
    listed: Mapping[str, Mapping[str, Mapping[str, object]]],
) -> dict[str, set[str]]:
    """The tasks that are in some list of a track."""
    return {
        track: {task for split in SPLITS for task in lists.get(split, {})}
        for track, lists in listed.items()
    }


def _beside(overview: Overview, absent: Sequence[Planned]) -> str:
    """The file of the first task, where there is no list to point to."""
    return owners(overview)[absent[0].task].path


def _placed(one: Planned) -> str:
    return f"the policy has `{one.task}` in the split `{one.split}`: {one.reason}"


def _lacks(absent: Sequence[Planned]) -> str:
    return f"lacks {_named(absent)}"


def _unwritten(absent: Sequence[Planned]) -> str:
    first = absent[0]
    where = f"splits/{first.track}/{first.split}_tasks.txt"
    return f"there is no {where}, where the policy has {_named(absent)}"


def _named(absent: Sequence[Planned]) -> str:
    named = ", ".join(f"`{one.task}`" for one in absent[:NAMED])
    more = f" and {len(absent) - NAMED} more" if len(absent) > NAMED else ""
    return named + more


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

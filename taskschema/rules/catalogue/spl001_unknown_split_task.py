"""A split list names a task that does not exist.

Whoever loads the split stops there, or quietly goes on with a task less. Correct the name, take the
line out, or give the task that it was renamed to the old name as an alias. Earlier names that are
aliases are fine. Nothing is said when only a part of the collection was checked.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import quote
from taskschema.rules.overview import Overview, SplitList
from taskschema.rules.rule import CollectionRule, Violation
from taskschema.rules.shared.split_lines import owners

WORD = re.compile(r"[a-z]+|\d+")
# Comparing names takes long: so many lines get near misses, each out of so many candidates.
MOST_SUGGESTED, MOST_CANDIDATES = 20, 50
LONGEST = 120  # characters; no task has a longer name


def check(overview: Overview) -> Iterator[tuple[str, Violation]]:
    if not overview.complete:
        return
    known = {*owners(overview), *overview.unread}
    meant = _Candidates(known)
    for one in overview.splits:
        unknown = [(line, name) for line, name in one.names if name not in known]
        if len(unknown) * 2 > len(one.names) and len(unknown) > MOST_SUGGESTED:
            yield one.path, _of_another_collection(one, unknown)
            continue
        for line, name in unknown:
            message = f"there is no task {quote(name)}. {meant.cure(name)}"
            yield one.path, Violation(f"line:{line}", message)


def _of_another_collection(one: SplitList, unknown: list[tuple[int, str]]) -> Violation:
    line, name = unknown[0]
    message = (
        f"{len(unknown):,} of {len(one.names):,} tasks named here do not exist, "
        f"first {quote(name)}. Add the tasks, or remove their lines."
    )
    return Violation(f"line:{line}", message)


class _Candidates:
    """The names of tasks by their words, so that few of them need to be compared with another."""

    def __init__(self, names: set[str]) -> None:
        self.by_word: dict[str, list[str]] = defaultdict(list)
        for name in sorted(names):
            for word in set(WORD.findall(name)):
                self.by_word[word].append(name)
        self.left = MOST_SUGGESTED

    def cure(self, name: str) -> str:
        self.left -= 1
        if self.left >= 0 and len(name) <= LONGEST:
            rare = sorted(
                (self.by_word.get(word, []) for word in WORD.findall(name.lower())), key=len
            )
            near: dict[str, None] = {}
            for names in rare:
                near |= dict.fromkeys(names[: MOST_CANDIDATES - len(near)])
            if meant := near_misses(name, near):
                words = " or ".join(f"`{word}`" for word in meant)
                return f"Did you mean {words}?"
        return "Correct the name, or remove the line."


RULE = CollectionRule(
    code="SPL001",
    name="unknown-split-task",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={"one": {"aliases": ["first"]}, "splits/default/train_tasks.txt": "first\n\n"},
    bad={"one": {}, "splits/default/train_tasks.txt": "one\nfirst\n"},
)

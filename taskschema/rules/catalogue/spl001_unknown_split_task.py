"""A split list names a task that does not exist.

A reader of the split stops there, or silently continues without the task. Correct the name, or
remove the line. If the task was renamed, add the old name to its aliases: a list may use aliases.

The rule does not run if only part of the collection is checked.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import quote
from taskschema.rules.collection_context import CollectionContext, SplitList
from taskschema.rules.rule import CollectionRule, Violation
from taskschema.rules.shared.split_lines import owners

WORD = re.compile(r"[a-z]+|\d+")
# Limits on near misses, since comparing names is slow: lines with a suggestion, and candidates.
MOST_SUGGESTED, MOST_CANDIDATES = 20, 50
LONGEST = 120  # characters; no task has a longer name


def check(context: CollectionContext) -> Iterator[tuple[str, Violation]]:
    if not context.complete:
        return
    known = {*owners(context), *context.unread}
    candidates = _Candidates(known)
    for one in context.splits:
        unknown = [(line, name) for line, name in one.names if name not in known]
        if len(unknown) * 2 > len(one.names) and len(unknown) > MOST_SUGGESTED:
            yield one.path, _of_another_collection(one, unknown)
            continue
        for line, name in unknown:
            message = f"task {quote(name)} does not exist. {candidates.suggestion(name)}"
            yield one.path, Violation(f"line:{line}", message)


def _of_another_collection(one: SplitList, unknown: list[tuple[int, str]]) -> Violation:
    line, name = unknown[0]
    message = (
        f"{len(unknown):,} of the {len(one.names):,} tasks listed here do not exist, the first is "
        f"{quote(name)}. Add the tasks, or remove their lines."
    )
    return Violation(f"line:{line}", message)


class _Candidates:
    """Task names by their words, so that a name is compared with few others."""

    def __init__(self, names: set[str]) -> None:
        self.by_word: dict[str, list[str]] = defaultdict(list)
        for name in sorted(names):
            for word in set(WORD.findall(name)):
                self.by_word[word].append(name)
        self.remaining = MOST_SUGGESTED

    def suggestion(self, name: str) -> str:
        self.remaining -= 1
        if self.remaining >= 0 and len(name) <= LONGEST:
            rare = sorted(
                (self.by_word.get(word, []) for word in WORD.findall(name.lower())), key=len
            )
            near: dict[str, None] = {}
            for names in rare:
                near |= dict.fromkeys(names[: MOST_CANDIDATES - len(near)])
            if nearest := near_misses(name, near):
                words = " or ".join(f"`{word}`" for word in nearest)
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

"""A source is spelled differently than in most tasks.

A search for the tasks of a source misses other spellings, and so does a split that keeps the source
out of training. Use the spelling of the other tasks.

Names are one source if they differ only in case, punctuation or spaces, or if they have the same
URL and differ by one letter of a long word. One URL with clearly different names is not reported,
since a page may list many sources, and neither are spellings that differ only within one task.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.collection_context import CollectionContext, TaskDigest
from taskschema.rules.rule import CollectionRule, Violation
from taskschema.rules.shared.source_spellings import identifying_urls, is_misspelling, spaceless

# Names with one URL are compared with each other. A page with more names lists many sources.
MOST_NAMES = 8


def check(context: CollectionContext) -> Iterator[tuple[str, Violation]]:
    tasks: dict[str, dict[str, int]] = defaultdict(Counter)  # tasks per spelling, by source
    named: dict[str, set[str]] = defaultdict(set)  # names of sources, by URL
    for entry in context.tasks:
        for name, url in dict.fromkeys(entry.sources):
            if key := spaceless(name):
                tasks[key][name] += 1
                for identifying in identifying_urls(url):
                    named[identifying].add(key)
    keys = _merged(tasks, named)
    if all(map(_is_spelled_once, tasks.values())) and not keys:
        return
    usual = _usual(tasks, keys)
    for entry in context.tasks:
        if violation := _first(entry, keys, usual):
            yield entry.path, violation


def _is_spelled_once(spellings: dict[str, int]) -> bool:
    return len(spellings) == 1


def _merged(tasks: dict[str, dict[str, int]], named: dict[str, set[str]]) -> dict[str, str]:
    """Map rare keys that are typos of a key with the same URL to that key."""
    merged: dict[str, str] = {}
    for keys in named.values():
        if 1 < len(keys) <= MOST_NAMES:
            ordered = sorted(keys, key=lambda key: (-sum(tasks[key].values()), key))
            for index, key in enumerate(ordered):
                for other in ordered[:index]:
                    if is_misspelling(next(iter(tasks[key])), next(iter(tasks[other]))):
                        merged.setdefault(key, merged.get(other, other))
    return {key: other for key, other in merged.items() if key != other}


def _usual(tasks: dict[str, dict[str, int]], keys: dict[str, str]) -> dict[str, tuple[str, int]]:
    """Map every source to its most frequent spelling and the number of tasks with it."""
    usual = {}
    for key, spellings in tasks.items():
        if key not in keys:
            usual[key] = max(
                spellings.items(), key=lambda item: (item[1], item[0].strip() == item[0])
            )
    return usual


def _first(
    entry: TaskDigest, keys: dict[str, str], usual: dict[str, tuple[str, int]]
) -> Violation | None:
    own = {name for name, _ in entry.sources}
    for index, (name, _) in enumerate(entry.sources):
        if key := spaceless(name):
            other, count = usual.get(keys.get(key, key), (name, 0))
            # `two-spellings-of-one-source` reports two spellings in one task.
            count -= other in own
            if other != name and count:
                where = "another task" if count == 1 else f"{count:,} other tasks"
                message = f"{quote(name)} is spelled {quote(other)} in {where}. Use one spelling."
                return Violation(f"/sources/{index}/name", message)
    return None


RULE = CollectionRule(
    code="SRC004",
    name="source-spelled-differently",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={
        "one": {"sources": [{"name": "SQuAD 2.0", "url": "https://example.org/squad"}]},
        "two": {"sources": [{"name": "SQuAD 1.1", "url": "https://example.org/squad"}]},
    },
    bad={
        "one": {"sources": [{"name": "SQuAD 2.0"}]},
        "two": {"sources": [{"name": "squad_2.0"}]},
    },
)

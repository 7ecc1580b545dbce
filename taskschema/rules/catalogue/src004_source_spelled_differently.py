"""A source is spelled in another way than in most tasks.

Whoever looks for all tasks of a source, or keeps a source out of the training, misses those that
spell it otherwise. Use the spelling of the others. Names are one source if they differ in case,
punctuation or spaces alone, or if they give the same address and differ by one letter
of a long word. One address with really different names is left alone: a page may have many sources;
so are spellings that only differ within one task.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.overview import Overview, TaskDigest
from taskschema.rules.rule import CollectionRule, Violation
from taskschema.rules.shared.source_spellings import addresses, is_slip, spaceless

# Names that one address has are compared with each other; a page of more is a page of many sources.
MOST_NAMES = 8


def check(overview: Overview) -> Iterator[tuple[str, Violation]]:
    tasks: dict[str, dict[str, int]] = defaultdict(Counter)  # how many spell a source in which way
    named: dict[str, set[str]] = defaultdict(set)  # what sources of one address are called
    for entry in overview.tasks:
        for name, url in dict.fromkeys(entry.sources):
            if key := spaceless(name):
                tasks[key][name] += 1
                for address in addresses(url):
                    named[address].add(key)
    keys = _merged(tasks, named)
    if all(map(_is_spelled_once, tasks.values())) and not keys:
        return
    usual = _usual(tasks, keys)
    for entry in overview.tasks:
        if violation := _first(entry, keys, usual):
            yield entry.path, violation


def _is_spelled_once(spellings: dict[str, int]) -> bool:
    return len(spellings) == 1


def _merged(tasks: dict[str, dict[str, int]], named: dict[str, set[str]]) -> dict[str, str]:
    """Rarer keys that are slips of others with the same address, and the key that is meant."""
    meant: dict[str, str] = {}
    for keys in named.values():
        if 1 < len(keys) <= MOST_NAMES:
            ordered = sorted(keys, key=lambda key: (-sum(tasks[key].values()), key))
            for index, key in enumerate(ordered):
                for other in ordered[:index]:
                    if is_slip(next(iter(tasks[key])), next(iter(tasks[other]))):
                        meant.setdefault(key, meant.get(other, other))
    return {key: other for key, other in meant.items() if key != other}


def _usual(tasks: dict[str, dict[str, int]], keys: dict[str, str]) -> dict[str, tuple[str, int]]:
    """The spelling that most tasks have of every source, and how many those are."""
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
            # Two spellings in one task are a fault of that task alone.
            count -= other in own
            if other != name and count:
                where = "another task" if count == 1 else f"{count:,} other tasks"
                message = f"{quote(name)} is {quote(other)} in {where}. Use one spelling."
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

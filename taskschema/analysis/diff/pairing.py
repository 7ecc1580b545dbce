"""Pairs the tasks of two sides, also if their names or paths changed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from taskschema.analysis.diff.matching import packed_json
from taskschema.analysis.diff.tasks import FIRST_WITH_IDS, TaskSnapshot

__all__ = ["Pairing", "pair"]


class Pairing(NamedTuple):
    """Keys of tasks on both sides, and of tasks on one side only."""

    pairs: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Features:
    """Features that identify a task after it was read."""

    names: frozenset[str]
    aliases: tuple[str, ...]
    content: int
    rows: frozenset[int]


def pair(base: Mapping[str, TaskSnapshot], head: Mapping[str, TaskSnapshot]) -> Pairing:
    """Pair tasks by path, then by file name; only the remaining tasks are read.

    These are paired by an alias of the new task, then by equal content, then by more than half of
    the instances of both tasks in common. It takes time linear in the size of the tasks read.
    """
    pairs = [(key, key) for key in base if key in head]
    removed, added = (
        [key for key in base if key not in head],
        [key for key in head if key not in base],
    )
    by_stem = [_unique({key: _stem(key) for key in keys}) for keys in (removed, added)]
    pairs += [(old, by_stem[1][stem]) for stem, old in by_stem[0].items() if stem in by_stem[1]]
    removed, added = _unpaired(pairs, removed, added)
    if removed and added:
        olds = _features_of(base, removed)
        news = _features_of(head, added)
        for find_pairs in (_by_alias, _by_content, _by_rows):
            for old, new in find_pairs(olds, news):
                if old in olds and new in news:
                    pairs.append((old, new))
                    del olds[old], news[new]
        removed, added = _unpaired(pairs, removed, added)
    return Pairing(tuple(pairs), tuple(removed), tuple(added))


def _stem(key: str) -> str:
    return PurePosixPath(key).stem


def _unique(keys: Mapping[str, str]) -> dict[str, str]:
    """Return the key of each value that only one key has."""
    counts = Counter(keys.values())
    return {value: key for key, value in keys.items() if counts[value] == 1}


def _unpaired(
    pairs: Sequence[tuple[str, str]], removed: Sequence[str], added: Sequence[str]
) -> tuple[list[str], list[str]]:
    olds, news = {old for old, _ in pairs}, {new for _, new in pairs}
    return [key for key in removed if key not in olds], [key for key in added if key not in news]


def _features_of(side: Mapping[str, TaskSnapshot], keys: Sequence[str]) -> dict[str, _Features]:
    return {
        key: _features(key, snapshot)
        for key in keys
        if (snapshot := side[key]).document is not None
    }


def _features(key: str, snapshot: TaskSnapshot) -> _Features:
    task = snapshot.task
    unnamed = {part: value for part, value in task.items() if part not in ("name", "aliases")}
    own_ids = snapshot.version >= FIRST_WITH_IDS
    return _Features(
        names=frozenset((_stem(key), task["name"])),
        aliases=tuple(task.get("aliases", ())),
        content=hash(packed_json(unnamed)),
        rows=frozenset(
            hash((row["id"] if own_ids else "", row["input"], tuple(row["output"])))
            for row in task["instances"]
        ),
    )


FeaturesByKey = Mapping[str, _Features]


def _by_alias(olds: FeaturesByKey, news: FeaturesByKey) -> list[tuple[str, str]]:
    names = {name: key for key, old in olds.items() for name in old.names}
    return [
        (names[alias], key) for key, new in news.items() for alias in new.aliases if alias in names
    ]


def _by_content(olds: FeaturesByKey, news: FeaturesByKey) -> list[tuple[str, str]]:
    contents = {old.content: key for key, old in olds.items()}
    return [(contents[new.content], key) for key, new in news.items() if new.content in contents]


def _by_rows(olds: FeaturesByKey, news: FeaturesByKey) -> list[tuple[str, str]]:
    """Return pairs by shared instances, ignoring instances of several old tasks."""
    owners = Counter(row for old in olds.values() for row in old.rows)
    owner = {row: key for key, old in olds.items() for row in old.rows if owners[row] == 1}
    shared = Counter(
        (owner[row], key) for key, new in news.items() for row in new.rows if row in owner
    )
    return [
        (old, new)
        for (old, new), count in shared.most_common()
        if 2 * count > max(len(olds[old].rows), len(news[new].rows))
    ]

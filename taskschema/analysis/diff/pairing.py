"""Which task of one side is which of the other, although it may have another name or place."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from taskschema.analysis.diff.matching import packed
from taskschema.analysis.diff.tasks import FIRST_WITH_IDS, Edition

__all__ = ["Pairing", "pair"]


class Pairing(NamedTuple):
    """Keys of tasks: those of both sides, and those that only one has."""

    pairs: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Trace:
    """What remains of a task that was read to recognise it."""

    names: frozenset[str]
    aliases: tuple[str, ...]
    content: int
    rows: frozenset[int]


def pair(base: Mapping[str, Edition], head: Mapping[str, Edition]) -> Pairing:
    """Pair tasks by path, then by name; only what is left is read, and paired by what it holds.

    An alias of the new task decides, then equal contents, then that more than half of the instances
    of either are the same. All of it takes time linear in the size of what is read.
    """
    pairs = [(key, key) for key in base if key in head]
    removed, added = (
        [key for key in base if key not in head],
        [key for key in head if key not in base],
    )
    by_stem = [_unique({key: _stem(key) for key in keys}) for keys in (removed, added)]
    pairs += [(old, by_stem[1][stem]) for stem, old in by_stem[0].items() if stem in by_stem[1]]
    removed, added = _left(pairs, removed, added)
    if removed and added:
        olds = _traces(base, removed)
        news = _traces(head, added)
        for recognise in (_by_alias, _by_content, _by_rows):
            for old, new in recognise(olds, news):
                if old in olds and new in news:
                    pairs.append((old, new))
                    del olds[old], news[new]
        removed, added = _left(pairs, removed, added)
    return Pairing(tuple(pairs), tuple(removed), tuple(added))


def _stem(key: str) -> str:
    return PurePosixPath(key).stem


def _unique(keys: Mapping[str, str]) -> dict[str, str]:
    """What each value belongs to, for values that only one key has."""
    counts = Counter(keys.values())
    return {value: key for key, value in keys.items() if counts[value] == 1}


def _left(
    pairs: Sequence[tuple[str, str]], removed: Sequence[str], added: Sequence[str]
) -> tuple[list[str], list[str]]:
    olds, news = {old for old, _ in pairs}, {new for _, new in pairs}
    return [key for key in removed if key not in olds], [key for key in added if key not in news]


def _traces(side: Mapping[str, Edition], keys: Sequence[str]) -> dict[str, _Trace]:
    return {
        key: _trace(key, edition) for key in keys if (edition := side[key]).document is not None
    }


def _trace(key: str, edition: Edition) -> _Trace:
    task = edition.task
    unnamed = {part: value for part, value in task.items() if part not in ("name", "aliases")}
    own_ids = edition.version >= FIRST_WITH_IDS
    return _Trace(
        names=frozenset((_stem(key), task["name"])),
        aliases=tuple(task.get("aliases", ())),
        content=hash(packed(unnamed)),
        rows=frozenset(
            hash((row["id"] if own_ids else "", row["input"], tuple(row["output"])))
            for row in task["instances"]
        ),
    )


Traces = Mapping[str, _Trace]


def _by_alias(olds: Traces, news: Traces) -> list[tuple[str, str]]:
    names = {name: key for key, old in olds.items() for name in old.names}
    return [
        (names[alias], key) for key, new in news.items() for alias in new.aliases if alias in names
    ]


def _by_content(olds: Traces, news: Traces) -> list[tuple[str, str]]:
    contents = {old.content: key for key, old in olds.items()}
    return [(contents[new.content], key) for key, new in news.items() if new.content in contents]


def _by_rows(olds: Traces, news: Traces) -> list[tuple[str, str]]:
    """The pairs that share most instances; one that several old tasks have is no evidence."""
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

"""Which row of one list is which of another, in time linear in their number."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import orjson

__all__ = ["Matching", "Stage", "content", "match", "meaningful", "packed", "question"]

Row = dict[str, Any]
ORDERS = ("v1_order", "v2_order")  # in which order keys stood: the form of a file, no content


class Stage(NamedTuple):
    """One way to recognise a row: by what it is known, and whether that must be unique."""

    key: Callable[[Any], Hashable]
    unique: bool = False
    """Where the key stands more than once on a side it tells nothing."""


class Matching(NamedTuple):
    """Indices of rows: the pairs by their place in the new list, and those without a partner."""

    pairs: list[tuple[int, int]]
    removed: list[int]
    added: list[int]

    @property
    def reordered(self) -> bool:
        """Whether the rows with a partner stand in another order."""
        before = [old for old, _ in self.pairs]
        return any(earlier > later for earlier, later in pairwise(before))


def match(
    base: Sequence[Any],
    head: Sequence[Any],
    stages: Sequence[Stage],
    known: Sequence[tuple[int, int]] = (),
) -> Matching:
    """Pair rows stage by stage, each on what the earlier ones left; equal keys pair in order.

    Args:
        base: the old rows.
        head: the new rows.
        stages: how to recognise a row, the surest way first.
        known: pairs that are certain already.
    """
    pairs = list(known)
    taken_before, taken_after = {old for old, _ in pairs}, {new for _, new in pairs}
    removed = [index for index in range(len(base)) if index not in taken_before]
    added = [index for index in range(len(head)) if index not in taken_after]
    for stage in stages:
        if not removed or not added:
            break
        old_keys, new_keys = _by_key(base, removed, stage), _by_key(head, added, stage)
        found: list[tuple[int, int]] = []
        for key in old_keys.keys() & new_keys.keys():
            olds, news = old_keys[key], new_keys[key]
            if not stage.unique or len(olds) == len(news) == 1:
                found += zip(olds, news, strict=False)
        pairs += found
        taken_before, taken_after = {old for old, _ in found}, {new for _, new in found}
        removed = [index for index in removed if index not in taken_before]
        added = [index for index in added if index not in taken_after]
    pairs.sort(key=lambda pair: pair[1])
    return Matching(pairs, removed, added)


def _by_key(rows: Sequence[Any], indices: Sequence[int], stage: Stage) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = defaultdict(list)
    for index in indices:
        found[stage.key(rows[index])].append(index)
    return found


def content(row: Row) -> Row:
    """A row without its id and without notes on its form."""
    kept = {key: value for key, value in row.items() if key not in ("id", "extras")}
    extras = meaningful(row.get("extras", {}))
    return kept | {"extras": extras} if extras else kept


def meaningful(extras: Row) -> Row:
    """Extras without the orders of keys that migrations note, which are form."""
    kept = {key: value for key, value in extras.items() if key not in ORDERS}
    if isinstance(inner := kept.get("v2"), dict) and "v1_order" in inner:
        kept["v2"] = {key: value for key, value in inner.items() if key not in ORDERS}
        if not kept["v2"]:
            del kept["v2"]
    return kept


def packed(value: Any) -> bytes:
    """Bytes that are equal for equal values, whatever the order of their keys."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def question(row: Row) -> bytes:
    """What a row asks: its input with its context and attachments."""
    return packed([row["input"], row.get("context"), row.get("attachments")])

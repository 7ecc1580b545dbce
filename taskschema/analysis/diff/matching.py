"""Matches the rows of two lists, in time linear in their number."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import orjson

__all__ = [
    "MatchStage",
    "Matching",
    "match",
    "packed_json",
    "question_key",
    "row_content",
    "without_key_orders",
]

Row = dict[str, Any]
ORDERS = ("v1_order", "v2_order")  # orders of keys: the form of a file, not its content


class MatchStage(NamedTuple):
    """A key by which rows are matched."""

    key: Callable[[Any], Hashable]
    unique: bool = False
    """Whether a key that repeats on a side is ignored."""


class Matching(NamedTuple):
    """Indices of rows: pairs in the order of the new list, and rows without a partner."""

    pairs: list[tuple[int, int]]
    removed: list[int]
    added: list[int]

    @property
    def reordered(self) -> bool:
        """Whether the order of the paired rows changed."""
        before = [old for old, _ in self.pairs]
        return any(earlier > later for earlier, later in pairwise(before))


def match(
    base: Sequence[Any],
    head: Sequence[Any],
    stages: Sequence[MatchStage],
    known: Sequence[tuple[int, int]] = (),
) -> Matching:
    """Pair rows stage by stage; rows with equal keys are paired in order.

    Args:
        base: the old rows.
        head: the new rows.
        stages: the keys to match by, the most reliable first. Each stage matches the rows that
            earlier stages did not pair.
        known: pairs that are known already.
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


def _by_key(rows: Sequence[Any], indices: Sequence[int], stage: MatchStage) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = defaultdict(list)
    for index in indices:
        found[stage.key(rows[index])].append(index)
    return found


def row_content(row: Row) -> Row:
    """Return a row without its id and without notes on its form."""
    kept = {key: value for key, value in row.items() if key not in ("id", "extras")}
    extras = without_key_orders(row.get("extras", {}))
    return kept | {"extras": extras} if extras else kept


def without_key_orders(extras: Row) -> Row:
    """Return extras without the orders of keys that migrations record."""
    kept = {key: value for key, value in extras.items() if key not in ORDERS}
    if isinstance(inner := kept.get("v2"), dict) and "v1_order" in inner:
        kept["v2"] = {key: value for key, value in inner.items() if key not in ORDERS}
        if not kept["v2"]:
            del kept["v2"]
    return kept


def packed_json(value: Any) -> bytes:
    """Return JSON that is equal for equal values, in any order of keys."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def question_key(row: Row) -> bytes:
    """Return the question of a row as JSON: input, context and attachments."""
    return packed_json([row["input"], row.get("context"), row.get("attachments")])

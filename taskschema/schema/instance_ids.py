"""Ids of instances, made of what they hold, so that they outlive any reordering."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any

import orjson

__all__ = ["make_ids"]

DIGITS = 12  # hexadecimal, as long as that tells all apart


def make_ids(
    name: str, rows: Sequence[Mapping[str, Any]], taken: Collection[str] = ()
) -> list[str]:
    """An id for each row: the task's name and the first digits of the SHA-256 of its input.

    Where two have those digits in common, both get as many more as tell them apart; where two have
    one input, all that they hold is taken; and what is equal altogether is counted. So the order of
    rows matters to none but equal ones.

    Args:
        name: of the task.
        rows: those without an id; `input` is a text.
        taken: the ids that other rows have.
    """
    digests = [sha256(row["input"].encode()).hexdigest() for row in rows]
    shared = Counter(digests)
    for index, row in enumerate(rows):
        if shared[digests[index]] > 1:
            content = orjson.dumps(row, option=orjson.OPT_SORT_KEYS)
            digests[index] = sha256(content).hexdigest()
    beginnings = _short_ids(name, set(digests), set(taken))
    given: set[str] = set(taken)
    ids = []
    for digest in digests:
        made, count = beginnings[digest], 1
        while made in given:
            count += 1
            made = f"{beginnings[digest]}-{count}"
        given.add(made)
        ids.append(made)
    return ids


def _short_ids(name: str, digests: Collection[str], taken: Collection[str]) -> dict[str, str]:
    """For each digest an id of as few of its digits as tell it from all others."""
    ids = {digest: f"{name}-{digest[:DIGITS]}" for digest in digests}
    for digits in range(DIGITS + 1, 2 * sha256().digest_size + 1):
        counts = Counter(ids.values())
        close = [one for one, made in ids.items() if counts[made] > 1 or made in taken]
        if not close:
            break
        ids |= {digest: f"{name}-{digest[:digits]}" for digest in close}
    return ids

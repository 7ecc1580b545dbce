"""Instance ids derived from content, which do not depend on the order of rows."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any

import orjson

__all__ = ["make_ids"]

DIGITS = 12  # hexadecimal digits, unless more are needed to make ids unique


def make_ids(
    name: str, rows: Sequence[Mapping[str, Any]], taken: Collection[str] = ()
) -> list[str]:
    """Return an id for each row: the task's name and the first digits of its input's SHA-256.

    If two digests start with the same digits, both ids get more digits. If two rows have the same
    input, their whole content is hashed. Equal rows are numbered. So only the ids of equal rows
    depend on the order of rows.

    Args:
        name: the name of the task.
        rows: rows without ids; `input` is a text.
        taken: the ids of other rows.
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
    """Return for each digest an id with as few digits as make it unique."""
    ids = {digest: f"{name}-{digest[:DIGITS]}" for digest in digests}
    for digits in range(DIGITS + 1, 2 * sha256().digest_size + 1):
        counts = Counter(ids.values())
        close = [one for one, made in ids.items() if counts[made] > 1 or made in taken]
        if not close:
            break
        ids |= {digest: f"{name}-{digest[:digits]}" for digest in close}
    return ids

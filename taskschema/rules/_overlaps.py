"""Which tasks have hashes in common, found without comparing every task with every other."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from taskschema.rules import Entry

__all__ = ["FEWEST", "common_share", "pairs", "percent"]

Hashes = Callable[[Entry], frozenset[int]]

# Fewer in common may be chance, a few stock phrases, or too small a sample to tell a share.
FEWEST = 8
# Of many tasks that all have one hash, the later ones are compared with the first of them only.
MOST_HOLDERS = 8


def pairs(
    entries: Sequence[Entry], others: Sequence[Entry], hashes: Hashes
) -> Iterator[tuple[Entry, list[tuple[Entry, int]]]]:
    """Each entry with those of the others that it has hashes in common with, and how many.

    Where the others are the entries themselves, each is compared with those before it.
    """
    earlier = entries is others
    repeated = _repeated(map(hashes, others)) if earlier else _all(map(hashes, others))
    holders: dict[int, list[int]] = {}

    def hold(position: int, shared: frozenset[int]) -> None:
        for number in shared:
            known = holders.setdefault(number, [])
            if len(known) < MOST_HOLDERS:
                known.append(position)

    if not earlier:
        for position, other in enumerate(others):
            hold(position, hashes(other))
    for position, entry in enumerate(entries):
        if shared := hashes(entry) & repeated:
            counts = Counter(at for number in shared for at in holders.get(number, ()))
            if found := [(others[at], n) for at, n in sorted(counts.items()) if n >= FEWEST]:
                yield entry, found
            if earlier:
                hold(position, shared)


def common_share(count: int, entry: Entry, other: Entry) -> float:
    """The share of an entry's instances that `count` common hashes stand for."""
    mask = entry.mask | other.mask
    rows = entry.rows if mask == entry.mask else [row for row in entry.rows if not row & mask]
    return min(1.0, count / max(1, len(rows)))


def percent(share: float, *, exact: bool) -> str:
    """The share in words."""
    return f"{'' if exact else 'about '}{share:.0%}"


def _all(sets: Iterator[frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*sets)


def _repeated(sets: Iterator[frozenset[int]]) -> set[int]:
    """The hashes that are in more than one set."""
    seen: set[int] = set()
    repeated: set[int] = set()
    for one in sets:
        if not seen.isdisjoint(one):
            repeated |= seen & one
        seen |= one
    return repeated

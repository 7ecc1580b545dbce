"""Which tasks have hashes in common, found without comparing every task with every other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from taskschema.rules.overview import TaskDigest

__all__ = ["common_share", "pairs"]

Hashes = Callable[[TaskDigest], frozenset[int]]

# Fewer in common may be chance, a few stock phrases, or too small a sample to tell a share; of a
# leak from train to test, which is the worse, fewer are enough.
FEWEST, FEWEST_OF_SPLITS = 8, 4
# Of many tasks that all have one hash, the later ones are compared with the first of them only.
MOST_HOLDERS = 8
# Which tasks to compare, some of their hashes tell: those that share half of them, few are enough
# to find, and those of which a tenth is in one of the few tasks to test on, more.
ENOUGH, ENOUGH_OF_SPLITS = 64, 256
HIGH_BITS = 48


def pairs(
    entries: Sequence[TaskDigest], hashes: Hashes, others: Sequence[TaskDigest] | None = None
) -> Iterator[tuple[TaskDigest, list[tuple[TaskDigest, int]]]]:
    """Each entry with those it has hashes in common with, and how many.

    Those are looked for among the others, or else among the entries before it. A second file of
    one name is never compared with the first: that is `name-taken` already.
    """
    fewest = FEWEST if others is None else FEWEST_OF_SPLITS
    enough = ENOUGH if others is None else ENOUGH_OF_SPLITS
    few = [_few(hashes(entry), enough) for entry in entries]
    holders: dict[int, list[int]] = {}
    if others is None:
        repeated = _repeated(few)
    else:
        few_of_others = [_few(hashes(other), enough) for other in others]
        repeated = set().union(*few_of_others)
        for position, numbers in enumerate(few_of_others):
            _hold(holders, numbers, position)
    candidates = entries if others is None else others
    for position, entry in enumerate(entries):
        shared = few[position] & repeated
        if not shared:
            continue
        lists = [holders.get(number, ()) for number in shared]
        found = []
        for at in sorted(set(chain.from_iterable(lists))):
            count = len(hashes(entry) & hashes(candidates[at]))
            if count >= fewest and entry.name != candidates[at].name:
                found.append((candidates[at], count))
        if found:
            yield entry, found
        if others is None:
            _hold(holders, shared, position)


def common_share(count: int, entry: TaskDigest, other: TaskDigest) -> float:
    """The share of an entry's instances that `count` hashes in common with another stand for."""
    mask = entry.mask | other.mask
    rows = entry.rows if mask == entry.mask else [row for row in entry.rows if not row & mask]
    return min(1.0, count / max(1, len(rows)))


def _few(numbers: frozenset[int], enough: int) -> frozenset[int]:
    """Some of the hashes: of what two tasks have in common, the larger one's share of it."""
    if len(numbers) <= enough:
        return numbers
    mask = (1 << (len(numbers) // enough).bit_length()) - 1 << HIGH_BITS
    return frozenset([number for number in numbers if not number & mask])


def _hold(holders: dict[int, list[int]], numbers: Iterable[int], position: int) -> None:
    for number in numbers:
        known = holders.setdefault(number, [])
        if len(known) < MOST_HOLDERS:
            known.append(position)


def _repeated(sets: Iterable[frozenset[int]]) -> set[int]:
    """The hashes that are in more than one set."""
    seen: set[int] = set()
    repeated: set[int] = set()
    for one in sets:
        if not seen.isdisjoint(one):
            repeated |= seen & one
        seen |= one
    return repeated

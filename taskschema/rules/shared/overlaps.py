"""Finds tasks with hashes in common without comparing every pair of tasks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from taskschema.rules.collection_context import TaskDigest

__all__ = ["common_share", "pairs"]

Hashes = Callable[[TaskDigest], frozenset[int]]

# The fewest common hashes to report. Fewer may be chance, stock phrases, or too small a sample to
# estimate a share. A leak from train to test is worse, so fewer are enough there.
FEWEST, FEWEST_OF_SPLITS = 8, 4
# The most tasks kept per hash. Later tasks with that hash are compared with these only.
MOST_HOLDERS = 8
# The number of hashes of a task that select its candidates. Tasks that share half of their hashes
# are found by few, and those that share a tenth with a test task need more.
ENOUGH, ENOUGH_OF_SPLITS = 64, 256
HIGH_BITS = 48


def pairs(
    entries: Sequence[TaskDigest], hashes: Hashes, others: Sequence[TaskDigest] | None = None
) -> Iterator[tuple[TaskDigest, list[tuple[TaskDigest, int]]]]:
    """Yield each entry with the tasks that share hashes with it, and the number shared.

    An entry is compared with `others`, or with the entries before it if there are none. Two files
    of one name are never compared, since `name-taken` reports them.
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
    """Estimate the share of an entry's instances in another task from their common hashes."""
    mask = entry.mask | other.mask
    rows = entry.rows if mask == entry.mask else [row for row in entry.rows if not row & mask]
    return min(1.0, count / max(1, len(rows)))


def _few(numbers: frozenset[int], enough: int) -> frozenset[int]:
    """Return a sample of about `enough` hashes, chosen by the bits of the hashes themselves."""
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
    """Return the hashes that are in more than one set."""
    seen: set[int] = set()
    repeated: set[int] = set()
    for one in sets:
        if not seen.isdisjoint(one):
            repeated |= seen & one
        seen |= one
    return repeated

"""Leaks: sources and inputs that train tasks share with held-out tasks.

Inputs are compared by 64-bit hashes of their normal forms, every one of every task. Of the
held-out tasks at most `MOST` hashes are kept in memory. Beyond that a sample is kept, chosen by the
hashes alone, so that the same tasks give the same report; the counts are then marked as estimates.
"""

import hashlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from taskschema.collection.reading import read
from taskschema.core.parallel.garbage_collection import gc_paused
from taskschema.core.parallel.workers import LOCAL, Workers
from taskschema.core.storage.paths import path_of
from taskschema.core.text.normal_forms import normalise
from taskschema.rules.collection_context import TaskDigest
from taskschema.rules.shared.source_identity import SourceIndex, shared_urls
from taskschema.rules.task_digest import SHORTEST_INPUT, context_key
from taskschema.schema.columns import Columns

__all__ = ["HELD_OUT", "InputIndex", "Leak", "leaks", "table"]

TRAIN, HELD_OUT = "train", ("dev", "test")
MOST = 500_000  # hashes; some 60 MB

Listed = Mapping[str, Mapping[str, Iterable[str]]]
"""The names of tasks by track and split."""


class Leak(NamedTuple):
    """What a train task shares with a held-out task."""

    track: str
    task: str
    split: str
    held_out: str
    inputs: int
    """How many inputs of the held-out task it has; an estimate if `sampled`."""
    share: float
    """Share of the distinct inputs of the held-out task, from 0 to 1."""
    source: str
    """The source that both are made of, in words; empty for none."""
    sampled: bool


class InputIndex:
    """Index from hashes of inputs to the tasks that have them, with an upper limit on its size."""

    def __init__(self, most: int = MOST) -> None:
        """Create an empty index for `most` hashes; a hash of two tasks counts twice."""
        self.bits = 0
        """Only hashes whose lowest `bits` bits are zero are kept."""
        self._most = most
        self._size = 0
        self._holders: dict[int, tuple[int, ...]] = {}
        self._one: dict[int, tuple[int, ...]] = {}

    def add(self, task: int, hashes: Iterable[int]) -> None:
        """Add the hashes of a task, each once; drop half of all when there are too many."""
        own = self._one.setdefault(task, (task,))
        mask = (1 << self.bits) - 1
        for number in hashes:
            if not number & mask:
                known = self._holders.get(number)
                self._holders[number] = (*known, task) if known else own
                self._size += 1
                if self._size > self._most:
                    mask = self._halve()

    def _halve(self) -> int:
        """Drop the hashes with one more bit; return the mask that no kept hash has a bit of."""
        self.bits += 1
        mask = (1 << self.bits) - 1
        self._holders = {kept: tasks for kept, tasks in self._holders.items() if not kept & mask}
        self._size = sum(map(len, self._holders.values()))
        return mask

    def shared(self, hashes: Iterable[int]) -> Counter[int]:
        """Count the hashes that each task has; an estimate if only a sample is kept."""
        counts: Counter[int] = Counter()
        for number in hashes:
            if number in self._holders:
                counts.update(self._holders[number])
        return Counter({task: count << self.bits for task, count in counts.items()})


def leaks(
    listed: Listed,
    tasks: Sequence[TaskDigest],
    root: Path,
    workers: Workers = LOCAL,
) -> list[Leak]:
    """Return every pair of a train task and a held-out task of one track that share something.

    Args:
        listed: the tasks of each split of each track, by their own names.
        tasks: digests of all tasks; their files are read again.
        root: the folder that nothing of a task may leave.
        workers: read the files.
    """
    known = {entry.name: entry for entry in reversed(tasks)}
    sides = [
        (track, split, sorted(splits[TRAIN]), sorted(splits[split]))
        for track, splits in sorted(listed.items())
        for split in HELD_OUT
        if TRAIN in splits and split in splits
    ]
    trained = sorted({name for _, _, names, _ in sides for name in names})
    held_out = sorted({name for _, _, _, names in sides for name in names})
    shared = SharedInputs(
        [known[name] for name in trained], [known[name] for name in held_out], root
    )
    counts = shared.counts(workers)
    several = shared_urls(tasks)
    found = []
    for track, split, train, held in sides:
        inside = set(held)
        identity = SourceIndex([known[name] for name in held], several)
        for name in train:
            if name in inside:
                continue  # reported as a task in two splits
            sources = identity.shared(known[name])
            inputs = {other: count for other, count in counts[name].items() if other in inside}
            for other in sorted({*sources, *inputs}):
                count = min(inputs.get(other, 0), shared.distinct[other])
                share = count / max(1, shared.distinct[other])
                how = sources.get(other, "")
                sampled = bool(shared.index.bits and count)
                found.append(Leak(track, name, split, other, count, share, how, sampled))
    return found


def table(found: Iterable[Leak]) -> bytes:
    """Return the leaks as tab-separated lines, the largest share of each track first."""
    lines = ["track\ttask\tsplit\theld_out\tinputs\tshare\tsource"]
    for leak in sorted(found, key=lambda one: (one.track, -one.share, one[1:4])):
        roughly = "~" if leak.sampled else ""
        numbers = (f"{roughly}{leak.inputs}", f"{roughly}{leak.share:.4f}")
        lines.append("\t".join((*leak[:4], *numbers, " ".join(leak.source.split()))))
    return ("\n".join(lines) + "\n").encode()


class SharedInputs:
    """The inputs of train and held-out tasks; each process reads one file at a time."""

    def __init__(
        self, trained: Sequence[TaskDigest], held_out: Sequence[TaskDigest], root: Path
    ) -> None:
        self.trained, self.held_out, self.root = trained, held_out, root
        self.index = InputIndex()
        self.distinct: dict[str, int] = {}
        """Number of distinct inputs of each held-out task, including short ones."""

    def counts(self, workers: Workers) -> dict[str, Counter[str]]:
        """Count the inputs that each train task shares with each held-out task."""
        names = [entry.name for entry in self.held_out]
        numbers = {path_of(entry.path): number for number, entry in enumerate(self.held_out)}
        for path, distinct, hashes in self._read(numbers, workers):
            self.index.add(numbers[path], hashes)
            self.distinct[names[numbers[path]]] = distinct
        found: dict[str, Counter[str]] = defaultdict(Counter)
        trained = {path_of(entry.path): entry.name for entry in self.trained}
        for path, _, hashes in self._read(trained, workers):
            shared = self.index.shared(hashes)
            found[trained[path]] = Counter({names[at]: count for at, count in shared.items()})
        return found

    def _read(
        self, paths: Iterable[Path], workers: Workers
    ) -> Iterator[tuple[Path, int, "array[int]"]]:
        return workers.each(partial(_hashes, root=self.root), list(paths))


def _hashes(path: Path, *, root: Path) -> tuple[Path, int, "array[int]"]:
    """Return the number of distinct inputs of a task, and hashes of those that are long enough.

    Words, names and numbers are skipped: tasks share them without a common source.
    """
    with gc_paused():
        reading = read(path, root, only_look=True)
        if reading.document is None:
            return path, 0, array("Q")  # changed since it was first read
        columns = Columns(reading.judged())
        keys = {normalise(text).encode(errors="replace") for text in columns.inputs}
        if not columns.plain:
            texts = zip(columns.inputs, columns.instances, strict=True)
            keys = {
                normalise(text).encode(errors="replace") + context_key(row) for text, row in texts
            }
    numbers = {
        int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "little")
        for key in keys
        if len(key) >= SHORTEST_INPUT
    }
    return path, len(keys), array("Q", numbers)

"""Compares the tasks of two states of a collection."""

import gc
from collections.abc import Iterator, Mapping

from taskschema.analysis.diff.differences import (
    Difference,
    TaskDifference,
    UnpairedTask,
    Unreadable,
)
from taskschema.analysis.diff.pairing import pair
from taskschema.analysis.diff.tasks import TaskSnapshot, compare_task
from taskschema.core.parallel.workers import Progress

__all__ = ["compare"]


def compare(
    base: Mapping[str, TaskSnapshot],
    head: Mapping[str, TaskSnapshot],
    *,
    labels: tuple[str, str] = ("base", "head"),
    unchanged: int = 0,
    progress: Progress | None = None,
) -> Difference:
    """Compare tasks; the mappings may read snapshots on access.

    Args:
        base: the old tasks by path, without unchanged files. A file has the same path on both
            sides.
        head: the new tasks by path.
        labels: the names of the two sides in output.
        unchanged: the number of unchanged tasks, which are in neither mapping.
        progress: called with the numbers of compared tasks and of all tasks.
    """
    collecting = gc.isenabled()
    gc.disable()  # documents have no cycles, and traversing them repeatedly is slow
    try:
        return _compare(base, head, labels, unchanged, progress)
    finally:
        if collecting:
            gc.enable()


def _compare(
    base: Mapping[str, TaskSnapshot],
    head: Mapping[str, TaskSnapshot],
    labels: tuple[str, str],
    unchanged: int,
    progress: Progress | None,
) -> Difference:
    pairing = pair(base, head)
    changed: list[TaskDifference] = []
    unreadable: list[Unreadable] = []
    for done, (old, new) in enumerate(pairing.pairs):
        before, after = base[old], head[new]
        problems = [*_unreadable(labels[0], before), *_unreadable(labels[1], after)]
        if problems:
            unreadable += problems
        else:
            changed.append(compare_task(before, after, before.path if old != new else None))
        if progress:
            progress(done + 1, len(pairing.pairs))
    unpaired: tuple[list[UnpairedTask], list[UnpairedTask]] = ([], [])
    for index, (side, keys) in enumerate(((base, pairing.removed), (head, pairing.added))):
        for key in keys:
            snapshot = side[key]
            unreadable += _unreadable(labels[index], snapshot)
            unpaired[index].extend(_unpaired(snapshot))
    return Difference(
        base=labels[0],
        head=labels[1],
        changed=tuple(sorted(changed, key=lambda task: (task.name, task.path))),
        removed=tuple(sorted(unpaired[0], key=lambda task: (task.name, task.path))),
        added=tuple(sorted(unpaired[1], key=lambda task: (task.name, task.path))),
        unreadable=tuple(unreadable),
        unchanged=unchanged,
    )


def _unreadable(label: str, snapshot: TaskSnapshot) -> Iterator[Unreadable]:
    if snapshot.document is None:
        yield Unreadable(side=label, path=snapshot.path, findings=snapshot.findings)


def _unpaired(snapshot: TaskSnapshot) -> Iterator[UnpairedTask]:
    if snapshot.document is not None:
        yield UnpairedTask(
            name=snapshot.task["name"],
            path=snapshot.path,
            version=snapshot.version,
            instances=len(snapshot.task["instances"]),
        )

"""How the tasks of one state of a collection differ from those of another."""

import gc
from collections.abc import Iterator, Mapping

from taskschema.analysis.diff.differences import Difference, Summary, TaskDifference, Unreadable
from taskschema.analysis.diff.pairing import pair
from taskschema.analysis.diff.tasks import Edition, compare_task
from taskschema.core.parallel.workers import Progress

__all__ = ["compare"]


def compare(
    base: Mapping[str, Edition],
    head: Mapping[str, Edition],
    *,
    labels: tuple[str, str] = ("base", "head"),
    unchanged: int = 0,
    progress: Progress | None = None,
) -> Difference:
    """Compare tasks by their paths; a mapping may read an edition when it is asked for it.

    Args:
        base: the old tasks, by a path that is the same on both sides for the same file. Of a file
            that did not change at all there is nothing to say: leave it out.
        head: the new tasks.
        labels: what people call the two sides.
        unchanged: how many more tasks are the same on both sides, and were left out.
        progress: told how many of how many tasks are compared.
    """
    collecting = gc.isenabled()
    gc.disable()  # documents hold no cycles, and walking them again and again takes long
    try:
        return _compare(base, head, labels, unchanged, progress)
    finally:
        if collecting:
            gc.enable()


def _compare(
    base: Mapping[str, Edition],
    head: Mapping[str, Edition],
    labels: tuple[str, str],
    unchanged: int,
    progress: Progress | None,
) -> Difference:
    pairing = pair(base, head)
    changed: list[TaskDifference] = []
    unreadable: list[Unreadable] = []
    for done, (old, new) in enumerate(pairing.pairs):
        before, after = base[old], head[new]
        faulty = [*_unreadable(labels[0], before), *_unreadable(labels[1], after)]
        if faulty:
            unreadable += faulty
        else:
            changed.append(compare_task(before, after, before.path if old != new else None))
        if progress:
            progress(done + 1, len(pairing.pairs))
    lone: tuple[list[Summary], list[Summary]] = ([], [])
    for index, (side, keys) in enumerate(((base, pairing.removed), (head, pairing.added))):
        for key in keys:
            edition = side[key]
            unreadable += _unreadable(labels[index], edition)
            lone[index].extend(_summary(edition))
    return Difference(
        base=labels[0],
        head=labels[1],
        changed=tuple(sorted(changed, key=lambda task: (task.name, task.path))),
        removed=tuple(sorted(lone[0], key=lambda task: (task.name, task.path))),
        added=tuple(sorted(lone[1], key=lambda task: (task.name, task.path))),
        unreadable=tuple(unreadable),
        unchanged=unchanged,
    )


def _unreadable(label: str, edition: Edition) -> Iterator[Unreadable]:
    if edition.document is None:
        yield Unreadable(side=label, path=edition.path, findings=edition.findings)


def _summary(edition: Edition) -> Iterator[Summary]:
    if edition.document is not None:
        yield Summary(
            name=edition.task["name"],
            path=edition.path,
            version=edition.version,
            instances=len(edition.task["instances"]),
        )

"""The rules on the collection: what they are shown of it, and where their findings stand."""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from taskschema import migrate, schema
from taskschema.collection import Collection, collect
from taskschema.errors import NoTasksError
from taskschema.findings import Finding
from taskschema.reading import Hits, finding, placed, read, spoken
from taskschema.rules import CollectionRule, Entry, Overview, Violation, rules_of
from taskschema.splits import index_of, split_lists

__all__ = ["judge_together", "overview_of"]

LINE = "line:"


def judge_together(entries: Sequence[Entry], collection: Collection) -> Iterator[Finding]:
    """The findings of the rules on the collection.

    Args:
        entries: the digests of the tasks that could be read, in any order.
        collection: what was checked.
    """
    overview = overview_of(entries, collection)
    hits: dict[str, Hits] = defaultdict(list)
    for rule in rules_of(CollectionRule):
        for path, hit in rule.check(overview):
            hits[path].append((rule, hit))
    for path, found in hits.items():
        yield from _placed(Path(path), spoken(found), collection.config.root)


def overview_of(entries: Sequence[Entry], collection: Collection) -> Overview:
    """What the rules on the collection are shown."""
    config = collection.config
    splits = split_lists(config.root)
    index, index_text = index_of(config.root, config.tasks)
    read_stems = {Path(entry.path).stem for entry in entries}
    return Overview(
        tasks=tuple(sorted(entries, key=lambda entry: entry.path)),
        splits=splits,
        index=index,
        index_text=index_text,
        # Only what names tasks needs to know whether all of them were looked at.
        complete=_is_complete(collection) if splits or index else True,
        unread=frozenset(path.stem for path in collection.paths) - read_stems,
    )


def _is_complete(collection: Collection) -> bool:
    """Whether all task files of the collection were checked, and not only some of them."""
    try:
        everything = collect([collection.config.root], collection.config)
    except NoTasksError:
        return False
    return _absolute(everything.paths) <= _absolute(collection.paths)


def _absolute(paths: Sequence[Path]) -> set[str]:
    return {os.path.abspath(path) for path in paths}  # noqa: PTH100 - links stay links


def _placed(path: Path, hits: Hits, root: Path) -> Iterator[Finding]:
    """The findings in one file; it is only read again for pointers that lead into it."""
    inner: Hits = []
    for rule, hit in hits:
        if hit.pointer.startswith(LINE):
            place = (int(hit.pointer.removeprefix(LINE)), 1)
            yield finding(rule, path, Violation("", hit.message, hit.severity), place)
        elif hit.pointer:
            inner.append((rule, hit))
        else:
            yield finding(rule, path, hit)
    if inner:
        reading = read(path, root)
        if reading.document is None:  # no longer what it was when it was judged
            yield from (finding(rule, path, _of_all(hit)) for rule, hit in inner)
            return
        version = reading.version or schema.NEWEST
        yield from placed(path, reading.raw, [(rule, _in(version, hit)) for rule, hit in inner])


def _of_all(hit: Violation) -> Violation:
    return Violation("", hit.message, hit.severity)


def _in(version: int, hit: Violation) -> Violation:
    pointer = hit.pointer if version == schema.NEWEST else migrate.pointer_in(version, hit.pointer)
    return Violation(pointer, hit.message, hit.severity, hit.edits)

"""The rules on the collection: what they are shown of it, and where their findings stand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from taskschema.collection.collection import Collection, collect
from taskschema.collection.reading import read
from taskschema.collection.splits.lists import broken_lists, index_of, split_lists
from taskschema.core.errors import NoTasksError
from taskschema.core.findings import Finding
from taskschema.core.storage.paths import absolute, path_of
from taskschema.rules.collection_context import CollectionContext
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import CollectionRule
from taskschema.rules.rule_findings import (
    Hit,
    line_position,
    locate_findings,
    make_finding,
    read_lines,
    without_outranked,
)
from taskschema.schema import migrate, versions

__all__ = ["check_together", "hits_of", "located", "surroundings"]

LINE = "line:"


def surroundings(collection: Collection) -> CollectionContext:
    """What lies round the tasks of a collection; the tasks themselves are yet to be filled in."""
    config = collection.config
    splits = split_lists(config.root)
    index, index_text = index_of(config.root, config.tasks)
    return CollectionContext(
        tasks=(),
        splits=splits,
        broken=broken_lists(config.root),
        index=index,
        index_text=index_text,
        # Only what names tasks needs to know whether all of them were looked at.
        complete=_is_complete(collection) if splits or index or config.splits else True,
    )


def check_together(overview: CollectionContext, root: Path) -> Iterator[Finding]:
    """The findings of the rules on the collection.

    Args:
        overview: the tasks that could be read, and what lies round them.
        root: the folder that nothing of a task may leave.
    """
    yield from located(hits_of(rules_of(CollectionRule), overview), root)


def hits_of(
    rules: Iterable[CollectionRule], overview: CollectionContext
) -> Iterator[tuple[str, Hit]]:
    """What rules find, each with the path of its file."""
    for rule in rules:
        for path, violation in rule.check(overview):
            yield path, Hit(rule, violation)


def located(hits: Iterable[tuple[str, Hit]], root: Path) -> Iterator[Finding]:
    """The hits of rules on the collection as findings, without those that another outranks."""
    by_path: dict[str, list[Hit]] = defaultdict(list)
    for path, hit in hits:
        by_path[path].append(hit)
    for path, found in by_path.items():
        yield from _placed(path_of(path), without_outranked(found), root)


def _is_complete(collection: Collection) -> bool:
    """Whether all task files of the collection were checked, and not only some of them."""
    try:
        everything = collect([collection.config.root], collection.config)
    except NoTasksError:
        return False
    return set(map(absolute, everything.paths)) <= set(map(absolute, collection.paths))


def _placed(path: Path, hits: Sequence[Hit], root: Path) -> Iterator[Finding]:
    """The findings in one file; it is only read again for pointers that lead into it."""
    inner: list[Hit] = []
    lines: list[str] | None = None
    for hit in hits:
        pointer = hit.violation.pointer
        if pointer.startswith(LINE):
            lines = read_lines(path) if lines is None else lines
            place = line_position(lines, int(pointer.removeprefix(LINE)))
            yield make_finding(_at(hit, ""), path, place)
        elif pointer:
            inner.append(hit)
        else:
            yield make_finding(hit, path)
    if inner:
        reading = read(path, root)
        version = reading.version or versions.NEWEST
        there = (migrate.pointer_in(version, hit.violation.pointer) for hit in inner)
        if reading.document is None:  # no longer what it was when it was judged
            there = ("" for _ in inner)
        moved = [_at(hit, pointer) for hit, pointer in zip(inner, there, strict=True)]
        yield from locate_findings(path, reading.raw if reading.document else b"{}", moved)


def _at(hit: Hit, pointer: str) -> Hit:
    return hit._replace(violation=hit.violation._replace(pointer=pointer, edits=()))

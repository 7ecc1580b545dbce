"""Runs the collection rules: what they see of the collection, and where their findings are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from taskschema.collection.reading import read
from taskschema.collection.splits.policy import Policy, plan
from taskschema.collection.surroundings import Surroundings
from taskschema.core.findings import Finding
from taskschema.core.storage.paths import path_of
from taskschema.rules.collection_context import CollectionContext, TaskDigest
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

__all__ = ["check_together", "hits_of", "located", "overview_of"]

LINE = "line:"


def overview_of(
    tasks: Iterable[TaskDigest],
    unread: frozenset[str],
    surroundings: Surroundings,
    policy: Policy | None = None,
) -> CollectionContext:
    """Return what the rules on the collection see.

    Args:
        tasks: the digests of the tasks that could be read, in any order.
        unread: stems of the files that could not be read as tasks.
        surroundings: split lists, task listing, names taken on the base branch.
        policy: the split policy; it places tasks only where all of them could be read.
    """
    ordered = tuple(sorted(tasks, key=lambda task: task.path))
    is_whole = surroundings.is_complete and not unread
    return CollectionContext(
        tasks=ordered,
        splits=surroundings.lists,
        broken=surroundings.broken,
        index=surroundings.index,
        index_text=surroundings.index_text,
        complete=surroundings.is_complete,
        unread=unread,
        planned=plan(policy, ordered) if policy and is_whole else (),
        taken=surroundings.taken,
    )


def check_together(overview: CollectionContext, root: Path) -> Iterator[Finding]:
    """Run all rules on the collection.

    Args:
        overview: the what the rules see.
        root: the folder that nothing of a task may leave.
    """
    yield from located(hits_of(rules_of(CollectionRule), overview), root)


def hits_of(
    rules: Iterable[CollectionRule], overview: CollectionContext
) -> Iterator[tuple[str, Hit]]:
    """Yield the hits of rules, each with the path of its file."""
    for rule in rules:
        for path, violation in rule.check(overview):
            yield path, Hit(rule, violation)


def located(hits: Iterable[tuple[str, Hit]], root: Path) -> Iterator[Finding]:
    """Turn hits into findings, without those that another rule outranks."""
    by_path: dict[str, list[Hit]] = defaultdict(list)
    for path, hit in hits:
        by_path[path].append(hit)
    for path, found in by_path.items():
        yield from _placed(path_of(path), without_outranked(found), root)


def _placed(path: Path, hits: Sequence[Hit], root: Path) -> Iterator[Finding]:
    """The findings in one file; the file is read again only for pointers that lead into it."""
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
        if reading.document is None:  # changed since it was checked
            there = ("" for _ in inner)
        moved = [_at(hit, pointer) for hit, pointer in zip(inner, there, strict=True)]
        yield from locate_findings(path, reading.raw if reading.document else b"{}", moved)


def _at(hit: Hit, pointer: str) -> Hit:
    return hit._replace(violation=hit.violation._replace(pointer=pointer, edits=()))

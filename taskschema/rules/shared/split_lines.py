"""Resolves the task names in split lists and task listings."""

from collections.abc import Iterator

from taskschema.core.storage.paths import path_of
from taskschema.rules.collection_context import CollectionContext, TaskDigest

__all__ = ["owners", "places", "tracks"]

ListLine = tuple[str, int]
"""The path of a list and a line number in it."""


def owners(context: CollectionContext) -> dict[str, TaskDigest]:
    """Map every name to its task: own names first, then file names, then aliases."""
    found: dict[str, TaskDigest] = {}
    for entry in context.tasks:
        found.setdefault(entry.name, entry)
    for entry in context.tasks:
        found.setdefault(path_of(entry.path).stem, entry)
    for entry in context.tasks:
        for alias in entry.aliases:
            found.setdefault(alias, entry)
    return found


def places(context: CollectionContext) -> dict[str, dict[str, dict[str, ListLine]]]:
    """Map track, split and task name to the first line that lists the task."""
    known = owners(context)
    listed: dict[str, dict[str, dict[str, ListLine]]] = {}
    for one in context.splits:
        found = listed.setdefault(one.track, {}).setdefault(one.split, {})
        for line, name in one.names:
            if name in known:
                found.setdefault(known[name].name, (one.path, line))
    return listed


def tracks(context: CollectionContext) -> Iterator[tuple[dict[str, ListLine], dict[str, ListLine]]]:
    """Yield the lines of the training and of the test tasks for every track that has both."""
    for splits in places(context).values():
        if "train" in splits and "test" in splits:
            yield splits["train"], splits["test"]

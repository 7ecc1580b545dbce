"""Which task a name in a split list or a listing of tasks means."""

from collections.abc import Iterator

from taskschema.core.storage.paths import path_of
from taskschema.rules.overview import Overview, TaskDigest

__all__ = ["owners", "places", "tracks"]

Place = tuple[str, int]
"""The path of a list and a line of it."""


def owners(overview: Overview) -> dict[str, TaskDigest]:
    """The task of every name: its own name first, then its file's, then its aliases."""
    found: dict[str, TaskDigest] = {}
    for entry in overview.tasks:
        found.setdefault(entry.name, entry)
    for entry in overview.tasks:
        found.setdefault(path_of(entry.path).stem, entry)
    for entry in overview.tasks:
        for alias in entry.aliases:
            found.setdefault(alias, entry)
    return found


def places(overview: Overview) -> dict[str, dict[str, dict[str, Place]]]:
    """Where the tasks of every split of every track are listed first, by the tasks' own names."""
    known = owners(overview)
    listed: dict[str, dict[str, dict[str, Place]]] = {}
    for one in overview.splits:
        found = listed.setdefault(one.track, {}).setdefault(one.split, {})
        for line, name in one.names:
            if name in known:
                found.setdefault(known[name].name, (one.path, line))
    return listed


def tracks(overview: Overview) -> Iterator[tuple[dict[str, Place], dict[str, Place]]]:
    """The tasks to train on and those to test on, by name, for every track that has both."""
    for splits in places(overview).values():
        if "train" in splits and "test" in splits:
            yield splits["train"], splits["test"]

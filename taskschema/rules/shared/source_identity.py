"""Which tasks are made of one source, however its name is spelled or wherever it is kept."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from taskschema.core.text.printing import quote
from taskschema.rules.overview import TaskDigest
from taskschema.rules.shared.source_spellings import names_of, slips, urls_of

__all__ = ["Identity", "addresses_of_several"]

# An address that so many sources of different names give is a page about all of them.
SHARED_BY = 3


def addresses_of_several(tasks: Iterable[TaskDigest]) -> frozenset[str]:
    """The addresses that stand for several sources, so that sharing one says nothing."""
    names: dict[str, set[str]] = defaultdict(set)
    for entry in tasks:
        for url in urls_of(entry):
            names[url].update(key for key, _ in names_of(entry))
    return frozenset(url for url, keys in names.items() if len(keys) >= SHARED_BY)


class Identity:
    """The sources of some tasks, to tell which others are made of the same."""

    def __init__(self, tasks: Iterable[TaskDigest], several: Collection[str]) -> None:
        """Learn the sources of tasks; `several` are the addresses that say nothing."""
        # What sources are compared by, to the tasks that have it and how it stands there.
        self._names: dict[str, dict[str, str]] = defaultdict(dict)
        self._urls: dict[str, dict[str, str]] = defaultdict(dict)
        self._slips: dict[str, dict[str, str]] = defaultdict(dict)
        self._several = several
        for entry in tasks:
            for key, name in names_of(entry):
                self._names[key].setdefault(entry.name, name)
                for slip in slips(name):
                    self._slips[slip].setdefault(entry.name, name)
            for url in urls_of(entry):
                if url not in several:
                    self._urls[url].setdefault(entry.name, url)

    def shared(self, entry: TaskDigest) -> dict[str, str]:
        """The tasks that a task shares a source with, and in words what; the surest come first.

        By name, then by address, then where one letter of a long word differs.
        """
        found: dict[str, str] = {}
        names = list(names_of(entry))
        for key, name in names:
            for task, other in self._names.get(key, {}).items():
                spelled = f" (there {quote(other)})" if other != name else ""
                found.setdefault(task, f"shares the source {quote(name)}{spelled} with `{task}`")
        for url in urls_of(entry):
            for task in self._urls.get(url, {}):
                found.setdefault(task, f"shares the source at {quote(url)} with `{task}`")
        for _, name in names:
            for slip in slips(name):
                for task, other in self._slips.get(slip, {}).items():
                    how = f"has the source {quote(name)}, all but the {quote(other)} of `{task}`"
                    found.setdefault(task, how)
        found.pop(entry.name, None)
        return found

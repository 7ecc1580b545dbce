"""Finds tasks with a common source, across spellings of its name and forms of its URL."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from taskschema.core.text.printing import quote
from taskschema.rules.collection_context import TaskDigest
from taskschema.rules.shared.source_spellings import misspelling_keys, names_of, urls_of

__all__ = ["SourceIndex", "shared_urls"]

# A URL that this many sources of different names give is a page about all of them.
SHARED_BY = 3


def shared_urls(tasks: Iterable[TaskDigest]) -> frozenset[str]:
    """Return the URLs that stand for several sources, so that sharing one means nothing."""
    names: dict[str, set[str]] = defaultdict(set)
    for entry in tasks:
        for url in urls_of(entry):
            names[url].update(key for key, _ in names_of(entry))
    return frozenset(url for url, keys in names.items() if len(keys) >= SHARED_BY)


class SourceIndex:
    """The sources of some tasks, to find other tasks with the same sources."""

    def __init__(self, tasks: Iterable[TaskDigest], several: Collection[str]) -> None:
        """Index the sources of tasks.

        Args:
            tasks: the tasks to index.
            several: the URLs that stand for several sources, which are ignored.
        """
        # Each maps a key of a source to the tasks that have it, and their spelling of it.
        self._names: dict[str, dict[str, str]] = defaultdict(dict)
        self._urls: dict[str, dict[str, str]] = defaultdict(dict)
        self._misspellings: dict[str, dict[str, str]] = defaultdict(dict)
        self._several = several
        for entry in tasks:
            for key, name in names_of(entry):
                self._names[key].setdefault(entry.name, name)
                for form in misspelling_keys(name):
                    self._misspellings[form].setdefault(entry.name, name)
            for url in urls_of(entry):
                if url not in several:
                    self._urls[url].setdefault(entry.name, url)

    def shared(self, entry: TaskDigest) -> dict[str, str]:
        """Map each task that shares a source with this one to a phrase that names the source.

        The most certain matches come first: by name, by URL, by name with one letter changed.
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
            for form in misspelling_keys(name):
                for task, other in self._misspellings.get(form, {}).items():
                    spelled = f"{quote(name)} (there {quote(other)})"
                    found.setdefault(task, f"shares the source {spelled} with `{task}`")
        found.pop(entry.name, None)
        return found

"""What the rules on vocabularies share: the terms that are none, and how to put a right one."""

from collections.abc import Iterator
from typing import Any

from taskschema.core.findings import Edit
from taskschema.core.text.near_misses import near_misses
from taskschema.schema import vocabulary

KINDS: tuple[vocabulary.Kind, ...] = ("categories", "domains", "reasoning")
MOST_MEANT = 3


def unknown_terms(task: dict[str, Any]) -> Iterator[tuple[vocabulary.Kind, int, str]]:
    """Kind, index and text of every term that is not in the vocabulary of its kind."""
    for kind in KINDS:
        known = frozenset(vocabulary.terms(kind))
        for index, term in enumerate(task.get(kind, ())):
            if term not in known:
                yield kind, index, term


class Corrections:
    """Edits that put a right term in the place of a wrong one and never put one in twice."""

    def __init__(self, task: dict[str, Any]) -> None:
        self._there = {kind: set(task.get(kind, ())) for kind in KINDS}

    def put(self, kind: vocabulary.Kind, index: int, term: str) -> tuple[Edit, ...]:
        """The edit for one place."""
        pointer = f"/{kind}/{index}"
        if term in self._there[kind]:
            return (Edit("remove", pointer),)
        self._there[kind].add(term)
        return (Edit("replace", pointer, term),)


def guessed(kind: vocabulary.Kind, term: str) -> list[str]:
    """What someone may have meant by a term: those that have its words, else those spelled alike.

    Of a path, only the last part counts. Takes about a millisecond.
    """
    last = {path: path.rpartition(" -> ")[2] for path in vocabulary.terms(kind)}
    words = f" {term.rpartition('->')[2].strip().casefold()} "
    having = [path for path, part in last.items() if words in f" {part.casefold()} "]
    if having and words.strip():
        return having if len(having) <= MOST_MEANT else []
    close = near_misses(term, last) or near_misses(term, last.values())
    return [path for path in last if path in close or last[path] in close][:MOST_MEANT]

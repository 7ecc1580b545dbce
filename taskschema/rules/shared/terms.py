"""Unknown terms of a task's vocabularies, and edits that correct them."""

from collections.abc import Iterator
from typing import Any

from taskschema.core.findings import Edit
from taskschema.core.text.near_misses import near_misses
from taskschema.schema import vocabulary

KINDS: tuple[vocabulary.Kind, ...] = ("categories", "domains", "reasoning")
MOST_SUGGESTED = 3


def unknown_terms(task: dict[str, Any]) -> Iterator[tuple[vocabulary.Kind, int, str]]:
    """Yield kind, index and text of every term that is not in the vocabulary of its kind."""
    for kind in KINDS:
        known = frozenset(vocabulary.terms(kind))
        for index, term in enumerate(task.get(kind, ())):
            if term not in known:
                yield kind, index, term


class Corrections:
    """Edits that replace wrong terms, and never write the same term twice."""

    def __init__(self, task: dict[str, Any]) -> None:
        self._present = {kind: set(task.get(kind, ())) for kind in KINDS}

    def replace(self, kind: vocabulary.Kind, index: int, term: str) -> tuple[Edit, ...]:
        """Return the edit that replaces a term, or removes it if the new term is present."""
        pointer = f"/{kind}/{index}"
        if term in self._present[kind]:
            return (Edit("remove", pointer),)
        self._present[kind].add(term)
        return (Edit("replace", pointer, term),)


def guessed(kind: vocabulary.Kind, term: str) -> list[str]:
    """Return the terms that contain the given words, else those of similar spelling.

    Only the last part of a path is compared. Takes about a millisecond.
    """
    last = {path: path.rpartition(" -> ")[2] for path in vocabulary.terms(kind)}
    words = f" {term.rpartition('->')[2].strip().casefold()} "
    containing = [path for path, part in last.items() if words in f" {part.casefold()} "]
    if containing and words.strip():
        return containing if len(containing) <= MOST_SUGGESTED else []
    close = near_misses(term, last) or near_misses(term, last.values())
    return [path for path in last if path in close or last[path] in close][:MOST_SUGGESTED]

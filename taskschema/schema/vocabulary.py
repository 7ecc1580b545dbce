"""The closed vocabularies: categories, kinds of reasoning, domains and metrics.

They are read from `schemas/vocabulary/<kind>.json` on first use. The terms are those of
Super-NaturalInstructions. A word may be a term of several kinds ("Mathematics").
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, cast

import orjson

from taskschema.schema import published_files

__all__ = [
    "AnswerKind",
    "Kind",
    "Metric",
    "abbreviated",
    "alike",
    "coarse",
    "coarse_terms",
    "default_metrics",
    "metrics",
    "paths_through",
    "terms",
]

ARROW = re.compile("->|→|>")
SHORTEST_ABBREVIATION = 4  # characters: "Math", "Misc"; shorter prefixes are ambiguous

Kind: TypeAlias = Literal["categories", "reasoning", "domains"]
AnswerKind: TypeAlias = Literal["text", "label", "set", "fields", "choices"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of the vocabulary."""

    definition: str
    """The definition of its value for one instance."""
    range: tuple[float, float]
    """The lowest and the highest value."""
    kinds: tuple[AnswerKind, ...]
    """The answer kinds that it can score."""


@cache
def _document(name: str) -> dict[str, Any]:
    return cast("dict[str, Any]", orjson.loads(published_files.read(f"vocabulary/{name}.json")))


@cache
def terms(kind: Kind) -> tuple[str, ...]:
    """Return all terms of a kind, sorted; the parts of a path are joined by " -> "."""
    return tuple(_document(kind)["terms"])


@cache
def coarse_terms(kind: Kind) -> tuple[str, ...]:
    """Return the coarse terms of a kind, sorted: 16 for reasoning, 33 for domains, else none."""
    return tuple(_document(kind).get("coarse_terms", ()))


def coarse(kind: Kind, term: str) -> tuple[str, ...]:
    """Return the coarse terms of a term: none, one or two.

    In the maps of Super-NaturalInstructions, 13 terms are missing and five map to nothing. These
    have no coarse term, nor do categories and unknown terms.
    """
    return tuple(_document(kind).get("coarse", {}).get(term, ()))


def alike(kind: Kind, term: str) -> tuple[str, ...]:
    """Return the terms equal to `term` apart from case, spaces, hyphens and plurals."""
    return _by_parts(kind).get(_parts(term), ())


def abbreviated(kind: Kind, term: str) -> tuple[str, ...]:
    """Return the one-word terms that start with `term`, or that `term` starts with: "Maths"."""
    (word, *others) = _parts(term)
    if others or " " in word:
        return ()
    return tuple(
        known[0]
        for known in _by_beginning(kind).get(word[:SHORTEST_ABBREVIATION], ())
        if known[1].startswith(word) or word.startswith(known[1])
    )


def paths_through(kind: Kind, term: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paths that contain the parts of `term`: those that end with them, and others.

    The parts may have gaps: "Code -> Python" is contained in "Code -> Language -> Python".
    """
    parts = _parts(term)
    paths = _by_some_parts(kind).get(parts, ())
    ending = tuple(path for path in paths if _parts(path)[-len(parts) :] == parts)
    return ending, tuple(path for path in paths if path not in ending)


def _parts(term: str) -> tuple[str, ...]:
    return tuple(" ".join(map(_singular, _words(part))) for part in ARROW.split(term))


def _words(part: str) -> list[str]:
    part = part.casefold().replace("&", " and ").strip().removesuffix(".")
    return part.replace("_", " ").replace("-", " ").split()


def _singular(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


@cache
def _by_parts(kind: Kind) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Parts as normalised by `_parts` -> the terms made of exactly these parts."""
    found: dict[tuple[str, ...], tuple[str, ...]] = defaultdict(tuple)
    for term in terms(kind):
        found[_parts(term)] += (term,)
    return MappingProxyType(dict(found))


@cache
def _by_beginning(kind: Kind) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The first letters of a word -> the one-word terms with these letters, with the word."""
    found: dict[str, tuple[tuple[str, str], ...]] = defaultdict(tuple)
    for (word, *others), known in _by_parts(kind).items():
        if not others and " " not in word and len(word) >= SHORTEST_ABBREVIATION:
            found[word[:SHORTEST_ABBREVIATION]] += ((known[0], word),)
    return MappingProxyType(dict(found))


@cache
def _by_some_parts(kind: Kind) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Some but not all parts of a path, in order -> the paths that contain them."""
    found: dict[tuple[str, ...], tuple[str, ...]] = defaultdict(tuple)
    for term in terms(kind):
        parts = _parts(term)
        for size in range(1, len(parts)):
            for some in set(combinations(parts, size)):
                found[some] += (term,)
    return MappingProxyType(dict(found))


@cache
def metrics() -> Mapping[str, Metric]:
    """Return all metrics by name."""
    return MappingProxyType(
        {
            name: Metric(entry["definition"], tuple(entry["range"]), tuple(entry["kinds"]))
            for name, entry in _document("metrics")["metrics"].items()
        }
    )


def default_metrics(kind: AnswerKind) -> tuple[str, ...]:
    """Return the default metrics of an answer kind."""
    return tuple(_document("metrics")["defaults"][kind])

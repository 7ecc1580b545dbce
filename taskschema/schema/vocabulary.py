"""The closed vocabularies: categories, kinds of reasoning, domains, and metrics.

They are the files `schemas/vocabulary/<kind>.json`, read when first asked for. The terms are those
of Super-NaturalInstructions; one word may be a term of several kinds ("Mathematics").
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
SHORTEST_ABBREVIATION = 4  # "Math", "Misc"; shorter beginnings fit anything

Kind: TypeAlias = Literal["categories", "reasoning", "domains"]
AnswerKind: TypeAlias = Literal["text", "label", "set", "fields", "choices"]


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: what it computes for one instance, between which values, for which answers."""

    definition: str
    range: tuple[float, float]
    kinds: tuple[AnswerKind, ...]


@cache
def _document(name: str) -> dict[str, Any]:
    return cast("dict[str, Any]", orjson.loads(published_files.read(f"vocabulary/{name}.json")))


@cache
def terms(kind: Kind) -> tuple[str, ...]:
    """Every legal term of a kind, sorted; a path joins its parts by " -> "."""
    return tuple(_document(kind)["terms"])


@cache
def coarse_terms(kind: Kind) -> tuple[str, ...]:
    """The coarse terms of a kind, sorted: 16 kinds of reasoning, 33 domains, no categories."""
    return tuple(_document(kind).get("coarse_terms", ()))


def coarse(kind: Kind, term: str) -> tuple[str, ...]:
    """The coarse terms of a term: none, one or two.

    Upstream's maps leave 13 terms out and map five to nothing; those have none, as have all
    categories and every term that is not in the vocabulary.
    """
    return tuple(_document(kind).get("coarse", {}).get(term, ()))


def alike(kind: Kind, term: str) -> tuple[str, ...]:
    """The legal terms that differ from `term` in case, spacing, hyphens or a plural at most."""
    return _by_parts(kind).get(_parts(term), ())


def abbreviated(kind: Kind, term: str) -> tuple[str, ...]:
    """The legal terms of one word of which `term` is the beginning, or that begin it: "Maths"."""
    (word, *others) = _parts(term)
    if others or " " in word:
        return ()
    return tuple(
        known[0]
        for known in _by_beginning(kind).get(word[:SHORTEST_ABBREVIATION], ())
        if known[1].startswith(word) or word.startswith(known[1])
    )


def paths_through(kind: Kind, term: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The legal paths of which `term` is but a part: those that end with it, then all others.

    The part may have gaps: "Code -> Python" is a part of "Code -> Language -> Python".
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
    """Parts as `_parts` evens them out -> the terms made of just these."""
    found: dict[tuple[str, ...], tuple[str, ...]] = defaultdict(tuple)
    for term in terms(kind):
        found[_parts(term)] += (term,)
    return MappingProxyType(dict(found))


@cache
def _by_beginning(kind: Kind) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The first letters of a word -> the terms that are one such word, each with its word."""
    found: dict[str, tuple[tuple[str, str], ...]] = defaultdict(tuple)
    for (word, *others), known in _by_parts(kind).items():
        if not others and " " not in word and len(word) >= SHORTEST_ABBREVIATION:
            found[word[:SHORTEST_ABBREVIATION]] += ((known[0], word),)
    return MappingProxyType(dict(found))


@cache
def _by_some_parts(kind: Kind) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Some parts of a path, in their order but not all -> the paths that have them."""
    found: dict[tuple[str, ...], tuple[str, ...]] = defaultdict(tuple)
    for term in terms(kind):
        parts = _parts(term)
        for size in range(1, len(parts)):
            for some in set(combinations(parts, size)):
                found[some] += (term,)
    return MappingProxyType(dict(found))


@cache
def metrics() -> Mapping[str, Metric]:
    """Every metric by its name."""
    return MappingProxyType(
        {
            name: Metric(entry["definition"], tuple(entry["range"]), tuple(entry["kinds"]))
            for name, entry in _document("metrics")["metrics"].items()
        }
    )


def default_metrics(kind: AnswerKind) -> tuple[str, ...]:
    """The metrics of a task that declares none, by the kind of its answers."""
    return tuple(_document("metrics")["defaults"][kind])

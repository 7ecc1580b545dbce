"""The closed vocabularies: categories, kinds of reasoning, domains, and metrics.

They are the files `schemas/vocabulary/<kind>.json`, read when first asked for. The terms are those
of Super-NaturalInstructions; one word may be a term of several kinds ("Mathematics").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, cast

import orjson

from taskschema import schema_files

__all__ = [
    "AnswerKind",
    "Kind",
    "Metric",
    "coarse",
    "coarse_terms",
    "default_metrics",
    "metrics",
    "terms",
]

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
    return cast("dict[str, Any]", orjson.loads(schema_files.read(f"vocabulary/{name}.json")))


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

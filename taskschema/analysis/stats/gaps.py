"""Where data is missing: terms without a task, languages with one, tasks that do not say."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import get_args

from taskschema.analysis.stats.measures import Measure
from taskschema.schema import vocabulary
from taskschema.schema.vocabulary import AnswerKind, Kind

__all__ = ["Gap", "gaps"]

NO_LANGUAGE = ("und", "zxx")


@dataclass(frozen=True, slots=True)
class Gap:
    """Names of which there should be more, out of so many."""

    key: str
    """What it is called in JSON."""
    what: str
    """What is wrong with them, after their number: `of 76 categories have no task`."""
    names: tuple[str, ...]
    of: int


def gaps(measures: Sequence[Measure]) -> list[Gap]:
    """Every gap, also those that are closed."""
    return [*_terms(measures), _languages(measures), _kinds(measures), *_unsaid(measures)]


def _terms(measures: Sequence[Measure]) -> Iterator[Gap]:
    groups: tuple[tuple[Kind, str, Callable[[Measure], Iterable[str]]], ...] = (
        ("categories", "categories", lambda one: one.categories),
        ("domains", "coarse domains", lambda one: one.domains),
        ("reasoning", "coarse kinds of reasoning", lambda one: one.reasoning),
    )
    for kind, word, terms in groups:
        given = set(chain.from_iterable(map(terms, measures)))
        coarse = vocabulary.coarse_terms(kind)
        covered = given | {wide for term in given for wide in vocabulary.coarse(kind, term)}
        known = coarse or vocabulary.terms(kind)
        names = tuple(term for term in known if term not in covered)
        yield Gap(f"{kind}_without_task", f"{word} have no task", names, len(known))


def _languages(measures: Sequence[Measure]) -> Gap:
    counts = Counter(chain.from_iterable(one.languages for one in measures))
    tags = {tag: count for tag, count in counts.items() if tag not in NO_LANGUAGE}
    names = tuple(sorted(tag for tag, count in tags.items() if count == 1))
    return Gap("languages_with_one_task", "languages have one task only", names, len(tags))


def _kinds(measures: Sequence[Measure]) -> Gap:
    kinds: tuple[str, ...] = get_args(AnswerKind)
    found = {one.kind for one in measures}
    names = tuple(kind for kind in kinds if kind not in found)
    return Gap("kinds_without_task", "kinds of answer have no task", names, len(kinds))


def _unsaid(measures: Sequence[Measure]) -> Iterator[Gap]:
    groups: tuple[tuple[str, str, Callable[[Measure], object]], ...] = (
        ("category", "category", lambda one: one.categories),
        ("language", "language", lambda one: one.languages),
        ("licence", "licence", lambda one: one.licences),
        ("provenance", "provenance", lambda one: one.method),
    )
    for key, word, said in groups:
        names = tuple(one.name for one in measures if not said(one))
        yield Gap(f"tasks_without_{key}", f"tasks state no {word}", names, len(measures))

"""Missing data: terms without a task, languages with one task, tasks without metadata."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import get_args

from taskschema.analysis.stats.task_statistics import TaskStatistics
from taskschema.schema import vocabulary
from taskschema.schema.vocabulary import AnswerKind, Kind

__all__ = ["Gap", "gaps"]

NO_LANGUAGE = ("und", "zxx")


@dataclass(frozen=True, slots=True)
class Gap:
    """Names that lack something, and the number of names that were checked."""

    key: str
    """Key in the JSON output."""
    what: str
    """The end of the sentence `3 of 76 categories have no task`, after the numbers."""
    names: tuple[str, ...]
    of: int


def gaps(tasks: Sequence[TaskStatistics]) -> list[Gap]:
    """Return all gaps, including those without names."""
    return [*_terms(tasks), _languages(tasks), _kinds(tasks), *_missing_metadata(tasks)]


def _terms(tasks: Sequence[TaskStatistics]) -> Iterator[Gap]:
    groups: tuple[tuple[Kind, str, Callable[[TaskStatistics], Iterable[str]]], ...] = (
        ("categories", "categories", lambda one: one.categories),
        ("domains", "coarse domains", lambda one: one.domains),
        ("reasoning", "coarse kinds of reasoning", lambda one: one.reasoning),
    )
    for kind, word, terms in groups:
        given = set(chain.from_iterable(map(terms, tasks)))
        coarse = vocabulary.coarse_terms(kind)
        covered = given | {wide for term in given for wide in vocabulary.coarse(kind, term)}
        known = coarse or vocabulary.terms(kind)
        names = tuple(term for term in known if term not in covered)
        yield Gap(f"{kind}_without_task", f"{word} have no task", names, len(known))


def _languages(tasks: Sequence[TaskStatistics]) -> Gap:
    counts = Counter(chain.from_iterable(one.languages for one in tasks))
    tags = {tag: count for tag, count in counts.items() if tag not in NO_LANGUAGE}
    names = tuple(sorted(tag for tag, count in tags.items() if count == 1))
    return Gap("languages_with_one_task", "languages have one task only", names, len(tags))


def _kinds(tasks: Sequence[TaskStatistics]) -> Gap:
    kinds: tuple[str, ...] = get_args(AnswerKind)
    found = {one.kind for one in tasks}
    names = tuple(kind for kind in kinds if kind not in found)
    return Gap("kinds_without_task", "answer formats have no task", names, len(kinds))


def _missing_metadata(tasks: Sequence[TaskStatistics]) -> Iterator[Gap]:
    groups: tuple[tuple[str, str, Callable[[TaskStatistics], object]], ...] = (
        ("category", "category", lambda one: one.categories),
        ("language", "language", lambda one: one.languages),
        ("licence", "licence", lambda one: one.licences),
        ("provenance", "provenance", lambda one: one.method),
    )
    for key, word, value in groups:
        names = tuple(one.name for one in tasks if not value(one))
        yield Gap(f"tasks_without_{key}", f"tasks have no {word}", names, len(tasks))

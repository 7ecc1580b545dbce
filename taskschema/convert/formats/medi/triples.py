"""Triples of texts for contrastive learning: a query, a positive and a negative.

Nothing is embedded to find them. The task alone decides: instances that share a label, answers that
are correct, and choices that score less.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from random import Random
from typing import NamedTuple

from taskschema.convert.pieces import Document
from taskschema.core.text.normal_forms import normalise
from taskschema.schema.columns import Columns, question

__all__ = ["Triple", "TripleSide", "triples"]

TRIES = 64  # random draws before the whole pool is searched


class TripleSide(NamedTuple):
    """One of the three texts."""

    text: str
    instance: str
    """The id of the instance that the text is from."""


class Triple(NamedTuple):
    """A query, a positive that belongs to it, and a negative that does not."""

    query: TripleSide
    positive: TripleSide
    negative: TripleSide
    of_inputs: bool
    """Whether all three are inputs; otherwise positive and negative are outputs."""


def triples(task: Document, seed: int) -> list[Triple | str]:
    """Return the triple of each instance, or a phrase for why it has none.

    The triples depend on the task and the seed only, not on other tasks.
    """
    columns = Columns(task)
    chance = Random(f"{seed} {task['name']}")  # noqa: S311 - nothing secret
    if columns.label_space is None:
        return list(_of_answers(columns, chance))
    return _of_labels(columns, chance)


def _of_labels(columns: Columns, chance: Random) -> list[Triple | str]:
    """Return triples of inputs: two that share a label, and one without a label of the query."""
    sides = [TripleSide(_query_text(row), row["id"]) for row in columns.instances]
    index = _LabelIndex([normalise(side.text) for side in sides], columns.outputs)
    found: dict[int, Triple | str] = {}
    for own, queries in index.groups().items():
        negatives = _NegativePool(index, own)
        for query in queries:
            found[query] = _labelled_triple(query, sides, index, negatives, chance)
    return [found[query] for query in range(len(sides))]


def _labelled_triple(
    query: int,
    sides: Sequence[TripleSide],
    index: "_LabelIndex",
    negatives: "_NegativePool",
    chance: Random,
) -> Triple | str:
    """Return the triple of one input, or a phrase for why it has none."""
    text = index.texts[query]
    if not text:
        return "has no input to embed"
    positive = None
    for label in chance.sample(sorted(negatives.own), len(negatives.own)):
        if positive is None:
            positive = _draw(index.pools[label], index.texts, {text}, chance)
    if positive is None:
        return "shares its label with no other input"
    negative = negatives.draw({text, index.texts[positive]}, chance)
    if negative is None:
        return "has a label that all other inputs have too"
    return Triple(sides[query], sides[positive], sides[negative], of_inputs=True)


class _LabelIndex:
    """The inputs of a task by their labels; equal texts share all their labels.

    Args:
        texts: the normalised text of each input.
        outputs: the outputs of each instance.
    """

    def __init__(self, texts: Sequence[str], outputs: Iterable[Sequence[str]]) -> None:
        labels: dict[str, set[str]] = defaultdict(set)
        for text, labels_of_instance in zip(texts, outputs, strict=True):
            labels[text].update(map(normalise, labels_of_instance))
        self.texts = texts
        self.labels = {text: frozenset(found) for text, found in labels.items()}
        self.distinct = list({text: at for at, text in enumerate(texts) if text}.values())
        """One instance per distinct text."""
        self.pools: dict[str, list[int]] = defaultdict(list)
        """The distinct instances of each label."""
        for at in self.distinct:
            for label in self.labels[texts[at]]:
                self.pools[label].append(at)
        self.without = {
            label: [at for at in self.distinct if label not in self.labels[texts[at]]]
            for label, pool in self.pools.items()
            if 2 * len(pool) > len(self.distinct)
        }
        """The distinct instances without a label, for labels so common that random draws from all
        instances would rarely find one."""

    def groups(self) -> dict[frozenset[str], list[int]]:
        """Return the instances grouped by their set of labels."""
        groups: dict[frozenset[str], list[int]] = defaultdict(list)
        for at, text in enumerate(self.texts):
            groups[self.labels[text]].append(at)
        return groups

    def candidates(self, own: frozenset[str]) -> list[int]:
        """Return the smallest known list that contains all instances without the labels `own`."""
        lists = (self.without[label] for label in sorted(own) if label in self.without)
        return min(lists, key=len, default=self.distinct)


class _NegativePool:
    """The instances that share no label with a group of instances.

    Args:
        index: all instances by label.
        own: the labels of the group.
    """

    def __init__(self, index: _LabelIndex, own: frozenset[str]) -> None:
        self.pool: Sequence[int] = index.candidates(own)
        self.texts = index.texts
        self.labels = index.labels
        self.own = own
        self.is_filtered = False

    def draw(self, without: Collection[str], chance: Random) -> int | None:
        """Return one whose text is not in `without`; the pool is filtered if draws keep failing."""
        if not self.is_filtered:
            for _ in range(TRIES if self.pool else 0):
                other = chance.choice(self.pool)
                if self._is_negative(other) and self.texts[other] not in without:
                    return other
            self.pool = list(filter(self._is_negative, self.pool))
            self.is_filtered = True
        return _draw(self.pool, self.texts, without, chance)

    def _is_negative(self, other: int) -> bool:
        return self.own.isdisjoint(self.labels[self.texts[other]])


def _of_answers(columns: Columns, chance: Random) -> Iterator[Triple | str]:
    """Yield triples of an input, its first output, and a worse choice or another's first output."""
    answers = _right(columns)
    firsts = [_plain(columns, outputs[0]) for outputs in columns.outputs]
    distinct = list({text: index for index, text in enumerate(firsts) if text}.values())
    unanswerable: set[tuple[str, ...]] = (
        set()
    )  # questions for which every output of the task is correct
    for index, row in enumerate(columns.instances):
        query, question_key = TripleSide(_query_text(row), row["id"]), question(row)
        right = answers[question_key]
        worse = [text for text in _worse(columns, row) if _plain(columns, text) not in right]
        other: int | None = None
        if not query.text.strip():
            yield "has no input to embed"
            continue
        if not firsts[index]:
            yield "has no output to embed"
            continue
        if not worse and question_key not in unanswerable:
            other = _draw(distinct, firsts, right, chance)
        if worse:
            negative = TripleSide(chance.choice(worse), row["id"])
        elif other is not None:
            negative = TripleSide(columns.outputs[other][0], columns.ids[other])
        else:
            unanswerable.add(question_key)
            yield "has no wrong answer among the outputs of other instances"
            continue
        yield Triple(query, TripleSide(row["output"][0], row["id"]), negative, of_inputs=False)


def _right(columns: Columns) -> dict[tuple[str, ...], set[str]]:
    """Return, by question, all correct answers in the task; an empty text counts as one."""
    answers: dict[tuple[str, ...], set[str]] = defaultdict(lambda: {""})
    for row in columns.instances:
        answers[question(row)].update(_plain(columns, text) for text in row["output"])
    for row in columns.demonstrations["positive_demonstrations"]:
        answers[question(row)].add(_plain(columns, row["output"]))
    return answers


def _plain(columns: Columns, output: str) -> str:
    """Return a key that equal outputs share; the order in a set is ignored."""
    if columns.answer_format["kind"] != "set":
        return normalise(output)
    return "\n".join(sorted(map(normalise, output.split(columns.answer_format["separator"]))))


def _draw(
    pool: Sequence[int], texts: Sequence[str], without: Collection[str], chance: Random
) -> int | None:
    """Return a random member of the pool whose text is not in `without`; None if there is none."""
    for _ in range(TRIES if pool else 0):
        other = chance.choice(pool)
        if texts[other] not in without:
            return other
    accepted = [other for other in pool if texts[other] not in without]
    return chance.choice(accepted) if accepted else None


def _worse(columns: Columns, row: Document) -> list[str]:
    """Return the choices of an instance that do not have the best score."""
    if columns.answer_format["kind"] != "choices":
        return []
    best = max(choice["score"] for choice in row["answer"])
    return [choice["text"] for choice in row["answer"] if choice["score"] < best]


def _query_text(row: Document) -> str:
    """Return the earlier turns and the input of an instance as one text."""
    turns = (message["content"] for message in row.get("context", ()))
    return "\n".join((*turns, row["input"]))

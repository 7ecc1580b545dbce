"""Triples of texts for contrastive learning: a query, a positive and a negative.

Nothing is embedded to find them. The task alone decides: instances that share a label, answers that
are correct, and choices that score less.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
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
    texts = [normalise(side.text) for side in sides]
    outputs_by_text: dict[str, set[str]] = defaultdict(set)
    for text, outputs in zip(texts, columns.outputs, strict=True):
        outputs_by_text[text].update(map(normalise, outputs))
    labels = {text: frozenset(outputs) for text, outputs in outputs_by_text.items()}
    distinct = list({text: index for index, text in enumerate(texts) if text}.values())
    pools: dict[str, list[int]] = defaultdict(list)
    for index in distinct:
        for label in labels[texts[index]]:
            pools[label].append(index)
    lacking = {
        label: [index for index in distinct if label not in labels[texts[index]]]
        for label, pool in pools.items()
        if 2 * len(pool) > len(distinct)  # a random draw would rarely find a negative
    }
    groups: dict[frozenset[str], list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        groups[labels[text]].append(index)
    found: dict[int, Triple | str] = {}
    for own, indices in groups.items():
        rare = (lacking[label] for label in sorted(own) if label in lacking)
        pool = min(rare, key=len, default=distinct)
        negatives = _NegativePool(pool, texts, labels, own)
        for index in indices:
            text = texts[index]
            if not text:
                found[index] = "has no input to embed"
                continue
            positive = None
            for label in chance.sample(sorted(own), len(own)):
                if positive is None:
                    positive = _draw(pools[label], texts, {text}, chance)
            if positive is None:
                found[index] = "shares its label with no other input"
                continue
            negative = negatives.draw({text, texts[positive]}, chance)
            if negative is None:
                found[index] = "has a label that all other inputs have too"
                continue
            found[index] = Triple(sides[index], sides[positive], sides[negative], of_inputs=True)
    return [found[index] for index in range(len(sides))]


class _NegativePool:
    """The instances of a pool that share no label with a group of instances."""

    def __init__(
        self,
        pool: Sequence[int],
        texts: Sequence[str],
        labels: Mapping[str, frozenset[str]],
        own: frozenset[str],
    ) -> None:
        self.pool, self.texts, self.labels, self.own = pool, texts, labels, own
        self.is_sifted = False

    def draw(self, without: Collection[str], chance: Random) -> int | None:
        """Return one whose text is not in `without`; the pool is filtered if draws keep failing."""
        if not self.is_sifted:
            for _ in range(TRIES if self.pool else 0):
                other = chance.choice(self.pool)
                if self._is_negative(other) and self.texts[other] not in without:
                    return other
            self.pool = list(filter(self._is_negative, self.pool))
            self.is_sifted = True
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
        other = None
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

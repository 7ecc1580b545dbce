"""Triples of texts for contrastive learning: a text, one that belongs to it, one that does not.

Nothing is embedded to find them. What a task says is enough: which instances share a label, which
answers are right, and which choices score less.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from random import Random
from typing import NamedTuple

from taskschema.convert.pieces import Document
from taskschema.core.text.normal_forms import normalise
from taskschema.schema.columns import Columns, question_key

__all__ = ["Triple", "TripleSide", "triples"]

TRIES = 64  # before all of a pool is looked at


class TripleSide(NamedTuple):
    """One of the three texts."""

    text: str
    instance: str
    """The id of the instance that it is taken from."""


class Triple(NamedTuple):
    """The first two belong together, the third does not belong to the first."""

    query: TripleSide
    positive: TripleSide
    negative: TripleSide
    of_inputs: bool
    """Whether all three are inputs; else the last two are outputs."""


def triples(task: Document, seed: int) -> list[Triple | str]:
    """For each instance its triple, or why there is none, as the end of a sentence.

    The same task and seed give the same triples, whatever other tasks there are.
    """
    columns = Columns(task)
    chance = Random(f"{seed} {task['name']}")  # noqa: S311 - nothing secret
    if columns.label_space is None:
        return list(_of_answers(columns, chance))
    return _of_labels(columns, chance)


def _of_labels(columns: Columns, chance: Random) -> list[Triple | str]:
    """Two inputs that share a label, and one that has no label of the first."""
    sides = [TripleSide(_asked(row), row["id"]) for row in columns.instances]
    texts = [normalise(side.text) for side in sides]
    said: dict[str, set[str]] = defaultdict(set)
    for text, outputs in zip(texts, columns.outputs, strict=True):
        said[text].update(map(normalise, outputs))
    labels = {text: frozenset(all_said) for text, all_said in said.items()}
    everyone = list({text: index for index, text in enumerate(texts) if text}.values())
    pools: dict[str, list[int]] = defaultdict(list)
    for index in everyone:
        for label in labels[texts[index]]:
            pools[label].append(index)
    lacking = {
        label: [index for index in everyone if label not in labels[texts[index]]]
        for label, pool in pools.items()
        if 2 * len(pool) > len(everyone)  # so that a stranger is seldom met by chance
    }
    groups: dict[frozenset[str], list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        groups[labels[text]].append(index)
    found: dict[int, Triple | str] = {}
    for own, indices in groups.items():
        rare = (lacking[label] for label in sorted(own) if label in lacking)
        pool = min(rare, key=len, default=everyone)
        strangers = _Strangers(pool, texts, labels, own)
        for index in indices:
            text = texts[index]
            if not text:
                found[index] = "has no input to embed"
                continue
            positive = None
            for label in chance.sample(sorted(own), len(own)):
                if positive is None:
                    positive = _drawn(pools[label], texts, {text}, chance)
            if positive is None:
                found[index] = "shares its label with no other input"
                continue
            negative = strangers.drawn({text, texts[positive]}, chance)
            if negative is None:
                found[index] = "has a label that all other inputs have too"
                continue
            found[index] = Triple(sides[index], sides[positive], sides[negative], of_inputs=True)
    return [found[index] for index in range(len(sides))]


class _Strangers:
    """The instances of a pool that share no label with a group of others."""

    def __init__(
        self,
        pool: Sequence[int],
        texts: Sequence[str],
        labels: Mapping[str, frozenset[str]],
        own: frozenset[str],
    ) -> None:
        self.pool, self.texts, self.labels, self.own = pool, texts, labels, own
        self.is_sifted = False

    def drawn(self, without: Collection[str], chance: Random) -> int | None:
        """One with another text; they are sifted only where few of the pool are strangers."""
        if not self.is_sifted:
            for _ in range(TRIES if self.pool else 0):
                other = chance.choice(self.pool)
                if self._is_one(other) and self.texts[other] not in without:
                    return other
            self.pool = list(filter(self._is_one, self.pool))
            self.is_sifted = True
        return _drawn(self.pool, self.texts, without, chance)

    def _is_one(self, other: int) -> bool:
        return self.own.isdisjoint(self.labels[self.texts[other]])


def _of_answers(columns: Columns, chance: Random) -> Iterator[Triple | str]:
    """An input, its first output, and a wrong one: a worse choice, or another's first output."""
    answers = _right(columns)
    firsts = [_plain(columns, outputs[0]) for outputs in columns.outputs]
    distinct = list({text: index for index, text in enumerate(firsts) if text}.values())
    alone: set[tuple[str, ...]] = set()  # questions that every output answers
    for index, row in enumerate(columns.instances):
        query, asked = TripleSide(_asked(row), row["id"]), question_key(row)
        right = answers[asked]
        worse = [text for text in _worse(columns, row) if _plain(columns, text) not in right]
        other = None
        if not query.text.strip():
            yield "has no input to embed"
            continue
        if not firsts[index]:
            yield "has no output to embed"
            continue
        if not worse and asked not in alone:
            other = _drawn(distinct, firsts, right, chance)
        if worse:
            negative = TripleSide(chance.choice(worse), row["id"])
        elif other is not None:
            negative = TripleSide(columns.outputs[other][0], columns.ids[other])
        else:
            alone.add(asked)
            yield "has no wrong answer among the outputs of the others"
            continue
        yield Triple(query, TripleSide(row["output"][0], row["id"]), negative, of_inputs=False)


def _right(columns: Columns) -> dict[tuple[str, ...], set[str]]:
    """By question, all that is called right anywhere in the task; and no text at all."""
    answers: dict[tuple[str, ...], set[str]] = defaultdict(lambda: {""})
    for row in columns.instances:
        answers[question_key(row)].update(_plain(columns, text) for text in row["output"])
    for row in columns.demonstrations["positive_demonstrations"]:
        answers[question_key(row)].add(_plain(columns, row["output"]))
    return answers


def _plain(columns: Columns, output: str) -> str:
    """An output by which equal ones are known: in a set, order is none."""
    if columns.answer_format["kind"] != "set":
        return normalise(output)
    return "\n".join(sorted(map(normalise, output.split(columns.answer_format["separator"]))))


def _drawn(
    pool: Sequence[int], texts: Sequence[str], without: Collection[str], chance: Random
) -> int | None:
    """One of the pool at random with a text that is not to be left out; None where none is."""
    for _ in range(TRIES if pool else 0):
        other = chance.choice(pool)
        if texts[other] not in without:
            return other
    accepted = [other for other in pool if texts[other] not in without]
    return chance.choice(accepted) if accepted else None


def _worse(columns: Columns, row: Document) -> list[str]:
    """The choices of an instance that do not score best."""
    if columns.answer_format["kind"] != "choices":
        return []
    best = max(choice["score"] for choice in row["answer"])
    return [choice["text"] for choice in row["answer"] if choice["score"] < best]


def _asked(row: Document) -> str:
    """What an instance asks: its earlier turns and its input."""
    turns = (message["content"] for message in row.get("context", ()))
    return "\n".join((*turns, row["input"]))

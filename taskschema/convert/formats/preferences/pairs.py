"""Pairs of a better and a worse answer that a task contains.

No answer is judged here. The task itself holds the pairs: an answer kept as rejected, choices that
score less, and negative demonstrations of the same input and context.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

from taskschema.convert.pieces import Document
from taskschema.core.text.normal_forms import normalise

__all__ = ["REJECTED", "Pair", "kept_rejection", "pairs"]

REJECTED = "rejected"


class Pair(NamedTuple):
    """Two answers to one input."""

    holder: Document
    """The instance or positive demonstration with the better answer."""
    number: int | None
    """The index of the instance, in the first of its pairs; None in all other pairs."""
    chosen: str
    rejected: str
    fields: Document
    """Other fields of the pair, such as scores."""


def pairs(task: Document, name: str, known: tuple[str, ...]) -> Iterator[Pair]:
    """Yield all pairs of a task, those of its instances first; a pair may be repeated.

    A correct answer of the task is never rejected, unless the instance itself rejects it.

    Args:
        task: the task.
        name: the key of `extras` of an instance under which a rejected answer is kept.
        known: keys there that are not fields of the pair.
    """
    right = _correct_answers(task)
    wrong: defaultdict[Any, dict[str, None]] = defaultdict(dict)
    for row in task.get("negative_demonstrations", []):
        wrong[_question_key(row)][row["output"]] = None
    for index, row in enumerate(task["instances"]):
        chosen = row["output"][0]
        if not chosen.strip():
            continue
        question = _question_key(row)
        candidates = [*_worse(task, row), *((text, {}) for text in wrong[question])]
        rejected: dict[str, Document] = {}
        for text, fields in candidates:
            if normalise(text) not in right[question]:
                rejected.setdefault(text, fields)
        own, fields = kept_rejection(row, name, known)
        if own is not None:
            rejected = {own: fields} | {text: rejected[text] for text in rejected if text != own}
        number: int | None = index
        for text, fields_of_pair in rejected.items():
            yield Pair(row, number, chosen, text, fields_of_pair)
            number = None
        if own is not None:
            others = filter(str.strip, row["output"][1:])
            yield from (Pair(row, None, text, own, fields) for text in others if text != own)
    for row in task.get("positive_demonstrations", []):
        question = _question_key(row)
        for text in wrong[question]:
            if row["output"].strip() and normalise(text) not in right[question]:
                yield Pair(row, None, row["output"], text, {})


def _correct_answers(task: Document) -> defaultdict[Any, set[str]]:
    """Return the normalised correct answers of a task, by question."""
    right: defaultdict[Any, set[str]] = defaultdict(set)
    for row in task["instances"]:
        right[_question_key(row)].update(map(normalise, row["output"]))
    for row in task.get("positive_demonstrations", []):
        right[_question_key(row)].add(normalise(row["output"]))
    return right


def _question_key(holder: Document) -> tuple[str, bytes]:
    """Return a key that equal questions share; the order of keys in a message is ignored."""
    about = [holder.get("context", []), holder.get("attachments", [])]
    return normalise(holder["input"]), orjson.dumps(about, option=orjson.OPT_SORT_KEYS)


def kept_rejection(
    instance: Document, name: str, known: tuple[str, ...]
) -> tuple[str | None, Document]:
    """Return the answer that an instance keeps as rejected, and the other fields of that pair."""
    own = instance.get("extras", {}).get(name)
    if not isinstance(own, dict) or not isinstance(own.get(REJECTED), str):
        return None, {}
    if own[REJECTED] == instance["output"][0]:
        return None, {}
    return own[REJECTED], {key: own[key] for key in own if key not in (*known, REJECTED)}


def _worse(task: Document, instance: Document) -> Iterator[tuple[str, Document]]:
    """Yield the choices that score less than the best, with both scores if they are known."""
    if task.get("answer_format", {}).get("kind") != "choices":
        return
    scores = {choice["text"]: choice["score"] for choice in instance["answer"]}
    best, chosen = max(scores.values()), instance["output"][0]
    for text, score in scores.items():
        if score < best and text != chosen:
            known = {"score_chosen": scores.get(chosen), "score_rejected": score}
            yield text, known if chosen in scores else {}

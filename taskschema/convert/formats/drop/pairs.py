"""Questions of DROP and instances, each out of the other."""

from typing import NamedTuple

from taskschema.convert.formats.drop.answers import (
    ANSWER,
    VALIDATED,
    alternatives,
    answer_of,
    fault,
    is_listed,
)
from taskschema.convert.pieces import Document, Place
from taskschema.convert.shared.rows.answer_sets import distinct_sets, set_difference
from taskschema.convert.shared.rows.row_fields import other_fields
from taskschema.convert.shared.rows.taskschema_column import COLUMN

__all__ = ["SECTION", "DropPassage", "DropQuestion", "instance_of", "pair_of", "passage_of"]

BETWEEN = "\n\n"
SECTION = ("passage", "qa_pairs")
PAIR = ("question", "query_id", COLUMN)
ANSWERS = (ANSWER, VALIDATED)


class DropPassage(NamedTuple):
    """What questions have in common."""

    key: str
    """Its id; empty where it has none but what the writer gives it."""
    text: str
    others: Document
    """Whatever else is said of it."""


class DropQuestion(NamedTuple):
    """One question, with its passage."""

    place: Place
    passage: DropPassage
    pair: Document


def instance_of(passage: DropPassage, pair: Document, kind: str) -> Document:
    """The instance that a pair without a fault makes; a set is still without its `output`.

    Args:
        passage: what it asks about.
        pair: what it carries under our key is not looked at.
        kind: of the answers.
    """
    question = pair["question"]
    instance = {"id": pair["query_id"]} if pair.get("query_id") else {}
    instance["input"] = f"{passage.text}{BETWEEN}{question}" if passage.text else question
    sets = distinct_sets(alternatives(pair))
    if sets:
        instance |= (
            {"answer": sets} if kind == "set" else {"output": [", ".join(each) for each in sets]}
        )
    known = (*PAIR, *ANSWERS) if is_listed(pair, sets) else PAIR
    own = {
        "section_id": passage.key,
        "section": passage.others,
        "question": "" if _parted(instance["input"]) == (passage.text, question) else question,
        "pair": other_fields(pair, known),
    }
    if any(own.values()):
        instance["extras"] = {"drop": {key: value for key, value in own.items() if value}}
    return instance


def passage_of(instance: Document) -> DropPassage:
    """The passage in an instance, and what was kept of it."""
    own = _own(instance)
    key, others = own.get("section_id"), own.get("section")
    return DropPassage(
        key if isinstance(key, str) else "",
        _spoken(instance, own)[0],
        other_fields(others, SECTION) if isinstance(others, dict) else {},
    )


def pair_of(
    instance: Document, passage: DropPassage, answer_format: Document, *, bare: bool
) -> Document:
    """The pair of an instance.

    Args:
        instance: whose pair it is.
        passage: as a reader will find it.
        answer_format: of the task.
        bare: whether the pair carries nothing under our key.
    """
    own, kind = _own(instance), answer_format["kind"]
    sets = instance["answer"] if kind == "set" else [[text] for text in instance["output"]]
    kept = own.get("pair")
    others = other_fields(kept, PAIR) if isinstance(kept, dict) else {}
    answers = {key: others.pop(key) for key in ANSWERS if key in others}
    if fault(answers) or distinct_sets(alternatives(answers)) != sets:
        answers = {ANSWER: answer_of(sets[0]), VALIDATED: [answer_of(each) for each in sets[1:]]}
    question = _spoken(instance, own)[1]
    pair = {"question": question, **answers, "query_id": instance["id"], **others}
    if not bare and (
        carried := set_difference(instance, instance_of(passage, pair, kind), answer_format)
    ):
        pair[COLUMN] = carried
    return pair


def _own(instance: Document) -> Document:
    own = instance.get("extras", {}).get("drop")
    return own if isinstance(own, dict) else {}


def _spoken(instance: Document, own: Document) -> tuple[str, str]:
    """Passage and question of an instance: as they were, or parted at the last blank line."""
    text, question = instance["input"], own.get("question")
    if isinstance(question, str) and question:
        if text == question:
            return "", text
        if (passage := text.removesuffix(f"{BETWEEN}{question}")) not in ("", text):
            return passage, question
    return _parted(text)


def _parted(text: str) -> tuple[str, str]:
    passage, _, question = text.rpartition(BETWEEN)
    return (passage, question) if passage else ("", text)

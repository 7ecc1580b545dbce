"""DROP questions and instances, converted into each other."""

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
    """A passage that questions are about."""

    key: str
    """Its id; empty if it only has one that the writer generated."""
    text: str
    others: Document
    """Its other fields."""


class DropQuestion(NamedTuple):
    """One question, with its passage."""

    place: Place
    passage: DropPassage
    pair: Document


def instance_of(passage: DropPassage, pair: Document, kind: str) -> Document:
    """Return the instance of a valid pair; one of a set still without its `output`.

    Args:
        passage: the passage of the question.
        pair: question and answers; its key `taskschema` is ignored.
        kind: the kind of the answer format.
    """
    question = pair["question"]
    instance = {"id": pair["query_id"]} if pair.get("query_id") else {}
    instance["input"] = f"{passage.text}{BETWEEN}{question}" if passage.text else question
    sets = distinct_sets(alternatives(pair))
    if sets:
        instance |= (
            {"answer": sets}
            if kind == "set"
            else {"output": [", ".join(members) for members in sets]}
        )
    known = (*PAIR, *ANSWERS) if is_listed(pair, sets) else PAIR
    own = {
        "section_id": passage.key,
        "section": passage.others,
        "question": ""
        if _split_at_last_blank_line(instance["input"]) == (passage.text, question)
        else question,
        "pair": other_fields(pair, known),
    }
    if any(own.values()):
        instance["extras"] = {"drop": {key: value for key, value in own.items() if value}}
    return instance


def passage_of(instance: Document) -> DropPassage:
    """Return the passage in an instance, with the fields kept from reading."""
    own = _own(instance)
    key, others = own.get("section_id"), own.get("section")
    return DropPassage(
        key if isinstance(key, str) else "",
        _passage_and_question(instance, own)[0],
        other_fields(others, SECTION) if isinstance(others, dict) else {},
    )


def pair_of(
    instance: Document, passage: DropPassage, answer_format: Document, *, bare: bool
) -> Document:
    """Return the pair of an instance.

    Args:
        instance: the instance.
        passage: its passage, as it is read back.
        answer_format: the answer format of the task.
        bare: whether the key `taskschema` is omitted.
    """
    own, kind = _own(instance), answer_format["kind"]
    sets = instance["answer"] if kind == "set" else [[text] for text in instance["output"]]
    kept = own.get("pair")
    others = other_fields(kept, PAIR) if isinstance(kept, dict) else {}
    answers = {key: others.pop(key) for key in ANSWERS if key in others}
    if fault(answers) or distinct_sets(alternatives(answers)) != sets:
        answers = {
            ANSWER: answer_of(sets[0]),
            VALIDATED: [answer_of(members) for members in sets[1:]],
        }
    question = _passage_and_question(instance, own)[1]
    pair = {"question": question, **answers, "query_id": instance["id"], **others}
    if not bare and (
        carried := set_difference(instance, instance_of(passage, pair, kind), answer_format)
    ):
        pair[COLUMN] = carried
    return pair


def _own(instance: Document) -> Document:
    own = instance.get("extras", {}).get("drop")
    return own if isinstance(own, dict) else {}


def _passage_and_question(instance: Document, own: Document) -> tuple[str, str]:
    """Return passage and question: as kept from reading, or split at the last blank line."""
    text, question = instance["input"], own.get("question")
    if isinstance(question, str) and question:
        if text == question:
            return "", text
        if (passage := text.removesuffix(f"{BETWEEN}{question}")) not in ("", text):
            return passage, question
    return _split_at_last_blank_line(text)


def _split_at_last_blank_line(text: str) -> tuple[str, str]:
    passage, _, question = text.rpartition(BETWEEN)
    return (passage, question) if passage else ("", text)

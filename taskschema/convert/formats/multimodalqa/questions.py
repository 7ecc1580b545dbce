"""Questions of MultiModalQA and instances, each out of the other."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import orjson

from taskschema.convert.formats.multimodalqa.documents import name_of
from taskschema.convert.formats.multimodalqa.files import KINDS
from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.answer_sets import set_difference
from taskschema.convert.shared.rows.row_fields import json_type, other_fields
from taskschema.convert.shared.rows.taskschema_column import COLUMN

__all__ = ["OWN", "Wrong", "instance_of", "kinds_in", "row_of"]

OWN = "multimodalqa"
ANSWERS, METADATA = "answers", "metadata"
ROW = ("qid", "question", ANSWERS, METADATA, COLUMN)
PLACES = ("text_instances", "table_indices", "image_instances")
LISTS = {"text_doc_ids": "texts", "image_doc_ids": "images"}
TABLE = "table_id"
UNKNOWN = "{id} is the id of none of the {kind}. Add that, or leave the question out."

KindOf = Callable[[str], str]
"""Of what kind the document is that an attachment is made of; empty where there is none."""
WrittenAs = Callable[[str], tuple[str, str]]
"""The kind and id of the document that an attachment is written as; empty where it is none."""


class Wrong(NamedTuple):
    """What is wrong with a row."""

    pointer: str
    message: str


def instance_of(
    row: Document, answer_format: str, kind_of: KindOf, missing: Iterable[str] = ()
) -> Document | Wrong:
    """The instance that a row makes, its column aside; a set is still without its `output`.

    Args:
        row: its `qid` and `question` are texts.
        answer_format: the kind of the answers.
        kind_of: the documents that there are.
        missing: kinds of which there are no documents at all.
    """
    metadata = row.get(METADATA, {})
    if wrong := _fault(row, metadata):
        return wrong
    names: list[str] = []
    known: list[str] = []
    for key, kind_, ids in _referred(metadata):
        found = [name_of(id_) for id_ in ids]
        unknown = [at for at, name in enumerate(found) if kind_of(name) != kind_]
        if not unknown:
            names += found
            known.append(key)
        elif kind_ not in missing:
            index = "" if key == TABLE else f"/{unknown[0]}"
            message = UNKNOWN.format(id=repr(ids[unknown[0]]), kind=kind_)
            return Wrong(f"/{METADATA}/{key}{index}", message)
    instance: Document = {"id": row["qid"]} if row.get("qid") else {}
    instance["input"] = row["question"]
    listed = row.get(ANSWERS) or []
    members = [_text(answer["answer"]) for answer in listed]
    if members:
        made = {"answer": [members]} if answer_format == "set" else {"output": members}
        instance |= made
    if names:
        instance["attachments"] = names
    kept = other_fields(row, ROW)
    if METADATA in row and (left := other_fields(metadata, tuple(known))):
        kept[METADATA] = left
    if listed and listed != _plain(members):
        kept[ANSWERS] = listed
    return instance | ({"extras": {OWN: kept}} if kept else {})


def kinds_in(row: Document) -> set[str]:
    """The kinds of documents that a row without a fault refers to."""
    return {kind_ for _, kind_, ids in _referred(row.get(METADATA, {})) if ids}


def _referred(metadata: Document) -> Iterator[tuple[str, str, list[str]]]:
    """The key, the kind and the ids of what a question refers to."""
    if metadata.get(TABLE) is not None:
        yield TABLE, "tables", [metadata[TABLE]]
    for key, kind_ in LISTS.items():
        if metadata.get(key) is not None:
            yield key, kind_, metadata[key]


def _fault(row: Document, metadata: Any) -> Wrong | None:
    answers = row.get(ANSWERS)
    if answers is not None and not isinstance(answers, list):
        return Wrong(f"/{ANSWERS}", f"is {json_type(answers)}, not a list of answers. Write one.")
    for index, answer in enumerate(answers or ()):
        place = f"/{ANSWERS}/{index}"
        if not isinstance(answer, dict):
            message = f"is {json_type(answer)}, not an object with an `answer`. Write it as one."
            return Wrong(place, message)
        text = answer.get("answer")
        if isinstance(text, bool) or not isinstance(text, str | int | float):
            message = f"is {json_type(text)}, not a text or a number. Write the answer."
            return Wrong(f"{place}/answer", message)
    if not isinstance(metadata, dict):
        return Wrong(f"/{METADATA}", f"is {json_type(metadata)}, not an object. Write it as one.")
    return _fault_of_ids(metadata)


def _fault_of_ids(metadata: Document) -> Wrong | None:
    table = metadata.get(TABLE)
    if not isinstance(table, str | None):
        return Wrong(f"/{METADATA}/{TABLE}", f"is {json_type(table)}, not the id of a table.")
    for key in LISTS:
        ids = metadata.get(key)
        if ids is not None and not isinstance(ids, list):
            return Wrong(
                f"/{METADATA}/{key}", f"is {json_type(ids)}, not a list of ids. Write one."
            )
        for index, id_ in enumerate(ids or ()):
            if not isinstance(id_, str):
                place = f"/{METADATA}/{key}/{index}"
                return Wrong(place, f"is {json_type(id_)}, not an id. Write a text.")
    return None


def _text(answer: str | float) -> str:
    return answer if isinstance(answer, str) else orjson.dumps(answer).decode()


def _plain(members: Iterable[str]) -> list[Document]:
    """Answers of which nothing is known but what they say."""
    return [{"answer": text, "type": "string"} | {key: [] for key in PLACES} for text in members]


def row_of(
    instance: Document, answer_format: Document, written_as: WrittenAs
) -> tuple[Document, Document]:
    """The row of an instance, and what to lay over what a reader makes of it.

    Args:
        instance: whose row it is.
        answer_format: of the task.
        written_as: what its attachments become.
    """
    kept = instance.get("extras", {}).get(OWN)
    own = kept if isinstance(kept, dict) else {}
    # A question has one set of answers. Of alternatives only the first is written, as all answers
    # in the list are asked for.
    is_set = answer_format["kind"] == "set"
    members = instance["answer"][0] if is_set else instance["output"][:1]
    answers = own.get(ANSWERS)
    row = {
        "qid": instance["id"],
        "question": instance["input"],
        ANSWERS: answers if _says(answers, members) else _plain(members),
        METADATA: _metadata(instance, own.get(METADATA), written_as),
        **other_fields(own, ROW),
    }
    made = instance_of(row, answer_format["kind"], lambda name: written_as(name)[0], KINDS)
    found = {} if isinstance(made, Wrong) else made
    return row, set_difference(instance, found, answer_format)


def _says(answers: Any, members: list[str]) -> bool:
    """Whether the answers as they were kept say the same as these."""
    if _fault({ANSWERS: answers}, {}) or not answers:
        return False
    return [_text(answer["answer"]) for answer in answers] == members


def _metadata(instance: Document, kept: Any, written_as: WrittenAs) -> Document:
    """What was kept of the metadata, with the ids of what is attached."""
    written = [written_as(name) for name in instance.get("attachments", ())]
    ids: Document = {
        key: [id_ for found, id_ in written if found == kind_] for key, kind_ in LISTS.items()
    }
    if tables := [id_ for kind_, id_ in written if kind_ == "tables"]:
        ids[TABLE] = tables[0]
    if not isinstance(kept, dict) or _fault_of_ids(kept):
        return ids
    return kept | {key: value for key, value in ids.items() if value or key not in kept}

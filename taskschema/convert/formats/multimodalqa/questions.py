"""MultiModalQA questions and instances, converted into each other."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import orjson

from taskschema.convert.formats.multimodalqa.documents import name_of
from taskschema.convert.formats.multimodalqa.files import KINDS
from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.answer_sets import set_difference
from taskschema.convert.shared.rows.row_fields import json_type, other_fields
from taskschema.convert.shared.rows.taskschema_column import COLUMN

__all__ = ["OWN", "RowFault", "instance_of", "kinds_in", "row_of"]

OWN = "multimodalqa"
ANSWERS, METADATA = "answers", "metadata"
ROW = ("qid", "question", ANSWERS, METADATA, COLUMN)
PLACES = ("text_instances", "table_indices", "image_instances")
LISTS = {"text_doc_ids": "texts", "image_doc_ids": "images"}
TABLE = "table_id"
UNKNOWN = "{id} is not the id of any of the {kind}. Add the document or remove the question."

KindOf = Callable[[str], str]
"""Return the kind of the document of an attachment, by name; empty if there is none."""
WrittenAs = Callable[[str], tuple[str, str]]
"""Return kind and id of the document that an attachment is written as; empty if there is none."""


class RowFault(NamedTuple):
    """A problem of a row."""

    pointer: str
    message: str


def instance_of(
    row: Document, answer_format: str, kind_of: KindOf, missing_kinds: Iterable[str] = ()
) -> Document | RowFault:
    """Return the instance of a row, its column aside; one of a set still without its `output`.

    Args:
        row: a row whose `qid` and `question` are texts.
        answer_format: the kind of the answer format.
        kind_of: looks up the existing documents.
        missing_kinds: kinds that have no file of documents.
    """
    metadata = row.get(METADATA, {})
    if wrong := _fault(row, metadata):
        return wrong
    names: list[str] = []
    known: list[str] = []
    for key, kind_, ids in _references(metadata):
        found = [name_of(id_) for id_ in ids]
        unresolved = [at for at, name in enumerate(found) if kind_of(name) != kind_]
        if not unresolved:
            names += found
            known.append(key)
        elif kind_ not in missing_kinds:
            index = "" if key == TABLE else f"/{unresolved[0]}"
            message = UNKNOWN.format(id=repr(ids[unresolved[0]]), kind=kind_)
            return RowFault(f"/{METADATA}/{key}{index}", message)
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
    if METADATA in row and (others := other_fields(metadata, tuple(known))):
        kept[METADATA] = others
    if listed and listed != _plain(members):
        kept[ANSWERS] = listed
    return instance | ({"extras": {OWN: kept}} if kept else {})


def kinds_in(row: Document) -> set[str]:
    """Return the kinds of documents that a valid row refers to."""
    return {kind_ for _, kind_, ids in _references(row.get(METADATA, {})) if ids}


def _references(metadata: Document) -> Iterator[tuple[str, str, list[str]]]:
    """Yield key, kind and ids of the documents that a question refers to."""
    if metadata.get(TABLE) is not None:
        yield TABLE, "tables", [metadata[TABLE]]
    for key, kind_ in LISTS.items():
        if metadata.get(key) is not None:
            yield key, kind_, metadata[key]


def _fault(row: Document, metadata: Any) -> RowFault | None:
    answers = row.get(ANSWERS)
    if answers is not None and not isinstance(answers, list):
        return RowFault(
            f"/{ANSWERS}", f"is {json_type(answers)}, not a list of answers. Write one."
        )
    for index, answer in enumerate(answers or ()):
        place = f"/{ANSWERS}/{index}"
        if not isinstance(answer, dict):
            message = f"is {json_type(answer)}, not an object with an `answer`. Write it as one."
            return RowFault(place, message)
        text = answer.get("answer")
        if isinstance(text, bool) or not isinstance(text, str | int | float):
            message = f"is {json_type(text)}, not a text or a number. Write the answer."
            return RowFault(f"{place}/answer", message)
    if not isinstance(metadata, dict):
        return RowFault(
            f"/{METADATA}", f"is {json_type(metadata)}, not an object. Write it as one."
        )
    return _fault_of_ids(metadata)


def _fault_of_ids(metadata: Document) -> RowFault | None:
    table = metadata.get(TABLE)
    if not isinstance(table, str | None):
        return RowFault(f"/{METADATA}/{TABLE}", f"is {json_type(table)}, not the id of a table.")
    for key in LISTS:
        ids = metadata.get(key)
        if ids is not None and not isinstance(ids, list):
            return RowFault(
                f"/{METADATA}/{key}", f"is {json_type(ids)}, not a list of ids. Write one."
            )
        for index, id_ in enumerate(ids or ()):
            if not isinstance(id_, str):
                place = f"/{METADATA}/{key}/{index}"
                return RowFault(place, f"is {json_type(id_)}, not an id. Write a text.")
    return None


def _text(answer: str | float) -> str:
    return answer if isinstance(answer, str) else orjson.dumps(answer).decode()


def _plain(members: Iterable[str]) -> list[Document]:
    """Return answers without locations."""
    return [{"answer": text, "type": "string"} | {key: [] for key in PLACES} for text in members]


def row_of(
    instance: Document, answer_format: Document, written_as: WrittenAs
) -> tuple[Document, Document]:
    """Return the row of an instance, and the difference to the instance that is read from it.

    Args:
        instance: the instance.
        answer_format: the answer format of the task.
        written_as: looks up the documents that attachments are written as.
    """
    kept = instance.get("extras", {}).get(OWN)
    own = kept if isinstance(kept, dict) else {}
    # A question has one set of answers: every answer in the list is required. So only the first
    # alternative is written.
    is_set = answer_format["kind"] == "set"
    members = instance["answer"][0] if is_set else instance["output"][:1]
    answers = own.get(ANSWERS)
    row = {
        "qid": instance["id"],
        "question": instance["input"],
        ANSWERS: answers if _are_equal(answers, members) else _plain(members),
        METADATA: _metadata(instance, own.get(METADATA), written_as),
        **other_fields(own, ROW),
    }
    made = instance_of(row, answer_format["kind"], lambda name: written_as(name)[0], KINDS)
    found = {} if isinstance(made, RowFault) else made
    return row, set_difference(instance, found, answer_format)


def _are_equal(answers: Any, members: list[str]) -> bool:
    """Return whether the kept answers have the same texts as these."""
    if _fault({ANSWERS: answers}, {}) or not answers:
        return False
    return [_text(answer["answer"]) for answer in answers] == members


def _metadata(instance: Document, kept: Any, written_as: WrittenAs) -> Document:
    """Return the kept metadata with the ids of the current attachments."""
    written = [written_as(name) for name in instance.get("attachments", ())]
    ids: Document = {
        key: [id_ for found, id_ in written if found == kind_] for key, kind_ in LISTS.items()
    }
    if tables := [id_ for kind_, id_ in written if kind_ == "tables"]:
        ids[TABLE] = tables[0]
    if not isinstance(kept, dict) or _fault_of_ids(kept):
        return ids
    return kept | {key: value for key, value in ids.items() if value or key not in kept}

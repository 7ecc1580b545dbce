"""Rows that a task is written as, and the task read back from them."""

from collections.abc import Iterator
from typing import Any

import orjson

from taskschema.convert.formats.preferences.pairs import REJECTED, Pair, pairs
from taskschema.convert.formats.preferences.row_parsing import PreferenceRow
from taskschema.convert.pieces import ConversionSource, Document, Piece, Problem, SourceCounts
from taskschema.convert.shared.rows.json_difference import overlaid, same
from taskschema.convert.shared.rows.schema_fit import fits_as_head, fits_as_instance
from taskschema.convert.shared.rows.tasks_from_rows import (
    BROKEN_COLUMN,
    GENERIC_DEFINITION,
    HEAD_MISSING,
)
from taskschema.convert.shared.rows.taskschema_column import COLUMN, HEAD_KEYS
from taskschema.schema.row_instructions import parted, spoken, together
from taskschema.schema.versions import NEWEST

__all__ = [
    "ELSEWHERE",
    "FORMAT_OF",
    "KNOWN",
    "OWN",
    "fields_of",
    "instance_from_fields",
    "key_of",
    "row_of",
    "task_of",
]

OWN = "preferences"
FORMAT_OF = "answer_format"
KNOWN = ("chosen", "rejected", COLUMN)
ELSEWHERE = ("schema_version", "name", "instances", *HEAD_KEYS)


def task_of(rows: list[Any], source: ConversionSource) -> Iterator[Piece]:
    """Yield the task that taskschema wrote as these rows, and the problems of the rows."""
    members = [(source.place(*at), PreferenceRow(*pair), column) for at, pair, column in rows]
    head = _head([column for _, _, column in members])
    if head is None:
        yield Problem(members[0][0], "wrong-shape", BROKEN_COLUMN)
        yield SourceCounts(len(members), 0, len(members))
        return
    instances: list[Document] = []
    of_instances: list[PreferenceRow] = []
    others: list[tuple[PreferenceRow, Document]] = []
    refused = 0
    for place, pair, column in members:
        if "instance" not in column:
            others.append((pair, column))
            continue
        instance = _instance(pair, column)
        if instance and fits_as_instance(instance, head):
            instances.append(instance)
            of_instances.append(pair)
        else:
            refused += 1
            yield Problem(place, "wrong-shape", BROKEN_COLUMN)
    task = head | {"instances": instances}
    merged = _add_others(task, of_instances, others)
    if instances or not refused:
        if not any("whole" in column for _, _, column in members):
            message = f"task `{task['name']}`: {HEAD_MISSING}"
            yield Problem(source.place(), "assumed", message, refuses=False)
        yield task
    yield SourceCounts(len(members), merged, refused)


def _head(columns: list[Document]) -> Document | None:
    """Return the task without its instances from the columns of its rows; None if invalid."""
    first = columns[0]
    head = {key: first[key] for key in HEAD_KEYS if key in first} | {
        "schema_version": NEWEST,
        "name": first["task"],
        "definition": [first.get("instruction", GENERIC_DEFINITION)],
    }
    formats = [column[FORMAT_OF] for column in columns if FORMAT_OF in column]
    if formats:
        head[FORMAT_OF] = formats[0]
    wholes = [column["whole"] for column in columns if "whole" in column]
    whole: Any = wholes[0] if wholes else {}
    if not isinstance(whole, dict):
        return None
    head |= {key: whole[key] for key in whole if key not in ELSEWHERE}
    return head if fits_as_head(head) else None


def _add_others(
    task: Document,
    of_instances: list[PreferenceRow],
    others: list[tuple[PreferenceRow, Document]],
) -> int:
    """Complete the instances from all rows; return the number of rows without new content.

    Args:
        task: the task, whose instances are changed and extended.
        of_instances: the row of each instance.
        others: further rows and their columns; those that the task does not imply were changed.
    """
    instances = task["instances"]
    made = list(pairs(task, OWN, KNOWN))
    _restore(task, of_instances, made)
    implied = {key_of(row_of(task, pair)) for pair in made}
    merged = 0
    for pair, column in others:
        if key_of(pair) in implied:
            merged += 1
        else:
            id_ = f"{task['name']}-{len(instances) + 1}"
            instances.append(_new_instance(pair, column, id_, task))
    return merged


def _restore(task: Document, rows: list[PreferenceRow], made: list[Pair]) -> None:
    """Add the pairs of rows to the instances that do not already contain them."""
    instances = task["instances"]
    firsts = {pair.number: row_of(task, pair) for pair in made if pair.number is not None}
    for index, row in enumerate(rows):
        pair = firsts.get(index)
        if pair and pair.rejected == row.rejected and same(pair.fields, row.fields):
            continue
        extras = instances[index].get("extras", {})
        own = extras.get(OWN)
        kept = {key: own[key] for key in own if key in KNOWN} if isinstance(own, dict) else {}
        stored = {OWN: kept | {REJECTED: row.rejected, **row.fields}}
        instances[index] = instances[index] | {"extras": extras | stored}


def _instance(pair: PreferenceRow, column: Document) -> Document | None:
    """Return the instance of a row and its column; None if the column is invalid."""
    found = column["instance"]
    if not isinstance(found, dict):
        return None
    whole = instance_from_fields(pair, column)
    output = found.get("output")
    if isinstance(output, list) and output[:1] != whole["output"]:
        found = {key: found[key] for key in found if key != "output"}
    return overlaid(whole, found)


def instance_from_fields(pair: PreferenceRow, column: Document) -> Document:
    """Return the instance of a row without its column."""
    instruction = column.get("instruction")
    text = parted(instruction, pair.prompt) if isinstance(instruction, str) else None
    instance: Document = {
        "input": pair.prompt if text is None else text,
        "output": [pair.chosen],
        "extras": {OWN: {REJECTED: pair.rejected, **pair.fields}},
    }
    return instance | ({"context": pair.context} if pair.context else {})


def _new_instance(pair: PreferenceRow, column: Document, id_: str, head: Document) -> Document:
    """Return an instance for a changed demonstration, with an answer of the task's format."""
    instance = instance_from_fields(pair, column) | {"id": id_}
    if not fits_as_instance(instance, head):
        answers: Any = {"set": [[pair.chosen]], "choices": [{"text": pair.chosen, "score": 1}]}
        kind = head.get("answer_format", {}).get("kind")
        instance["answer"] = answers.get(kind, {"answer": [pair.chosen]})
    return instance


def row_of(task: Document, pair: Pair) -> PreferenceRow:
    """Return the row of a pair, with the instruction and the input in its prompt."""
    own, _ = spoken(task, pair.holder)
    is_alone = own != task["definition"][0]
    text = pair.holder["input"]
    prompt = text if is_alone else together(task["definition"][0], text)
    row = PreferenceRow(pair.holder.get("context", []), prompt, pair.chosen, pair.rejected, {})
    redundant = fields_of(row) | {"messages": fields_of(row)["chosen"]}
    fields = {
        key: value
        for key, value in pair.fields.items()
        if value != redundant.get(key) and (key != "prompt" or isinstance(value, str))
    }
    return row._replace(fields=fields)


def fields_of(pair: PreferenceRow) -> Document:
    """Return the fields that a row writes for a pair."""
    turns_before = [*pair.context, {"role": "user", "content": pair.prompt}]
    sides = {
        key: [*turns_before, {"role": "assistant", "content": text}]
        for key, text in (("chosen", pair.chosen), ("rejected", pair.rejected))
    }
    return {"prompt": pair.prompt} | sides | pair.fields


def key_of(pair: PreferenceRow) -> bytes:
    """Return a key that equal pairs share."""
    return orjson.dumps(pair[:4], option=orjson.OPT_SORT_KEYS)

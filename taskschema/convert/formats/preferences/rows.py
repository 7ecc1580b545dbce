"""Pairs and the rows that they stand in, and the tasks that such rows were written of."""

from collections.abc import Iterator
from typing import Any

import orjson

from taskschema.convert.formats.preferences.pairs import REJECTED, Pair, pairs
from taskschema.convert.formats.preferences.preferred import Preferred
from taskschema.convert.pieces import Counted, Document, Piece, Problem
from taskschema.convert.shared.rows.remainder import is_head, is_row, overlaid, same
from taskschema.convert.shared.rows.tasks_from_rows import GENERIC, GONE, NOT_OURS
from taskschema.convert.shared.rows.taskschema_column import COLUMN, HEAD
from taskschema.convert.source import ConversionSource
from taskschema.schema.row_instructions import (
    instruction_and_input,
    join_instruction,
    split_instruction,
)
from taskschema.schema.versions import NEWEST

__all__ = [
    "ELSEWHERE",
    "FORMAT_OF",
    "KNOWN",
    "OWN",
    "fields_of",
    "key_of",
    "natural",
    "row_of",
    "task_of",
]

OWN = "preferences"
FORMAT_OF = "answer_format"
KNOWN = ("chosen", "rejected", COLUMN)
ELSEWHERE = ("schema_version", "name", "instances", *HEAD)


def task_of(rows: list[Any], source: ConversionSource) -> Iterator[Piece]:
    """The task that rows were written of."""
    members = [(source.place(*at), Preferred(*pair), column) for at, pair, column in rows]
    first = members[0][2]
    formats = [column[FORMAT_OF] for _, _, column in members if FORMAT_OF in column]
    wholes = [column["whole"] for _, _, column in members if "whole" in column]
    head = {key: first[key] for key in HEAD if key in first} | {
        "schema_version": NEWEST,
        "name": first["task"],
        "definition": [first.get("instruction", GENERIC)],
    }
    head |= {FORMAT_OF: formats[0]} if formats else {}
    whole: Any = wholes[0] if wholes else {}
    head |= {key: whole[key] for key in whole if key not in ELSEWHERE} if _is(whole) else {}
    if not _is(whole) or not is_head(head):
        yield Problem(members[0][0], "wrong-shape", NOT_OURS)
        yield Counted(len(members), 0, len(members))
        return
    instances: list[Document] = []
    of_instances: list[Preferred] = []
    others: list[tuple[Preferred, Document]] = []
    refused = 0
    for place, pair, column in members:
        if "instance" not in column:
            others.append((pair, column))
            continue
        instance = _instance(pair, column)
        if instance and is_row(instance, head):
            instances.append(instance)
            of_instances.append(pair)
        else:
            refused += 1
            yield Problem(place, "wrong-shape", NOT_OURS)
    task = head | {"instances": instances}
    made = list(pairs(task, OWN, KNOWN))
    _restore(task, of_instances, made)
    there = {key_of(row_of(task, pair)) for pair in made}
    merged = 0
    for pair, column in others:
        if key_of(pair) in there:
            merged += 1
        else:
            instances.append(_new(pair, column, f"{head['name']}-{len(instances) + 1}", head))
    if instances or not refused:
        if not wholes:
            message = f"task `{task['name']}`: {GONE}"
            yield Problem(source.place(), "assumed", message, refuses=False)
        yield task
    yield Counted(len(members), merged, refused)


def _is(value: Any) -> bool:
    return isinstance(value, dict)


def _restore(task: Document, rows: list[Preferred], made: list[Pair]) -> None:
    """Give the instances what their rows say of the pair and the task does not."""
    instances = task["instances"]
    firsts = {pair.number: row_of(task, pair) for pair in made if pair.number is not None}
    for index, row in enumerate(rows):
        pair = firsts.get(index)
        if pair and pair.rejected == row.rejected and same(pair.fields, row.fields):
            continue
        extras = instances[index].get("extras", {})
        own = extras.get(OWN)
        kept = {key: own[key] for key in own if key in KNOWN} if isinstance(own, dict) else {}
        said = {OWN: kept | {REJECTED: row.rejected, **row.fields}}
        instances[index] = instances[index] | {"extras": extras | said}


def _instance(pair: Preferred, column: Document) -> Document | None:
    """The instance of a row, as row and column say it together; None where they cannot."""
    found = column["instance"]
    if not isinstance(found, dict):
        return None
    whole = natural(pair, column)
    output = found.get("output")
    if isinstance(output, list) and output[:1] != whole["output"]:
        found = {key: found[key] for key in found if key != "output"}
    return overlaid(whole, found)


def natural(pair: Preferred, column: Document) -> Document:
    """The instance as the row alone says it."""
    instruction = column.get("instruction")
    text = split_instruction(instruction, pair.prompt) if isinstance(instruction, str) else None
    instance: Document = {
        "input": pair.prompt if text is None else text,
        "output": [pair.chosen],
        "extras": {OWN: {REJECTED: pair.rejected, **pair.fields}},
    }
    return instance | ({"context": pair.context} if pair.context else {})


def _new(pair: Preferred, column: Document, id_: str, head: Document) -> Document:
    """The instance of a row that a demonstration was changed in, with an answer of its kind."""
    instance = natural(pair, column) | {"id": id_}
    if not is_row(instance, head):
        score: Any = {"set": [[pair.chosen]], "choices": [{"text": pair.chosen, "score": 1}]}
        kind = head.get("answer_format", {}).get("kind")
        instance["answer"] = score.get(kind, {"answer": [pair.chosen]})
    return instance


def row_of(task: Document, pair: Pair) -> Preferred:
    """A pair as a row of its own, with all that is asked in one text."""
    own, _ = instruction_and_input(task, pair.holder)
    is_alone = own != task["definition"][0]
    text = pair.holder["input"]
    prompt = text if is_alone else join_instruction(task["definition"][0], text)
    row = Preferred(pair.holder.get("context", []), prompt, pair.chosen, pair.rejected, {})
    redundant = fields_of(row) | {"messages": fields_of(row)["chosen"]}
    fields = {
        key: value
        for key, value in pair.fields.items()
        if value != redundant.get(key) and (key != "prompt" or isinstance(value, str))
    }
    return row._replace(fields=fields)


def fields_of(pair: Preferred) -> Document:
    """Return the fields that a row writes for a pair."""
    asked = [*pair.context, {"role": "user", "content": pair.prompt}]
    sides = {
        key: [*asked, {"role": "assistant", "content": text}]
        for key, text in (("chosen", pair.chosen), ("rejected", pair.rejected))
    }
    return {"prompt": pair.prompt} | sides | pair.fields


def key_of(pair: Preferred) -> bytes:
    """Return a key that equal pairs share."""
    return orjson.dumps(pair[:4], option=orjson.OPT_SORT_KEYS)

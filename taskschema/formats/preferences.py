"""Preference pairs, as UltraFeedback has them: a prompt, a chosen and a rejected answer.

Read, `chosen` and `rejected` are texts after a `prompt`, or lists of messages that differ in their
last one only; `prompt` may be such a list as well, or left out where the lists hold it. ShareGPT's
words `from`, `value` and `conversations` are understood too, and one message instead of a list.

A pair becomes an instance: the prompt is its input, earlier messages its context, the chosen answer
its output. `extras.preferences` keeps the rejected answer with all other fields, such as
`score_chosen`, `score_rejected` and `prompt_id`. It becomes no negative demonstration, for those
belong to a whole task, and tens of thousands of them would be shown to nobody. A column `messages`
that repeats `chosen` is not kept.

Written, a row is a pair with `prompt` as text and both answers as lists of messages. Pairs are:

- each output of an instance against the answer that it keeps as rejected;
- its first output against each choice that scores less, with both scores;
- its first output, or a positive demonstration's, against each negative demonstration of the same
  input and context, unless any answer of the task calls that right.

Instances without a pair are left out and told. The column `taskschema` carries what the fields do
not say: of the instance in the first of its rows, of the task in the first of all. When rows are
read again, those of demonstrations make no instances, unless they were changed.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from taskschema.formats import (
    Beside,
    Chunk,
    Counted,
    Document,
    Format,
    Options,
    Piece,
    Place,
    Problem,
    Sample,
    Source,
    documents,
)
from taskschema.formats._carried import (
    COLUMN,
    HEAD,
    carrier,
    column_of,
    parted,
    spoken,
    together,
)
from taskschema.formats._difference import difference, is_head, is_row, overlaid, same
from taskschema.formats._fields import rows_of
from taskschema.formats._loose import GENERIC, NOT_OURS, Loose, gathered
from taskschema.formats._preferences.pairs import REJECTED, Pair, pairs
from taskschema.formats._preferences.preferred import Preferred, preferred
from taskschema.formats._spill import Spill
from taskschema.schema import NEWEST

OWN = "preferences"
KNOWN = ("chosen", "rejected", COLUMN)
ELSEWHERE = ("schema_version", "name", "instances", *HEAD)


def sniff(sample: Sample) -> bool:
    """Whether the rows have a chosen and a rejected answer."""
    return sample.has("chosen", "rejected")


def read(source: Source, options: Options) -> Iterator[Piece]:
    """Rows of a file: loose ones, and those that were written of tasks."""
    with Spill() as spill:
        yield from gathered(_loose(source, spill), source, options)
        for members in spill.groups():
            yield from _task(list(members), source)


def _loose(source: Source, spill: Spill) -> Iterator[Loose | Problem]:
    """The rows of no task; the others are sorted by their tasks."""
    for found in rows_of(source):
        if isinstance(found, Problem):
            yield found
            continue
        place, row = found
        pair = preferred(place, row, KNOWN)
        if isinstance(pair, Problem):
            yield pair
        elif isinstance(row.get(COLUMN), dict) and isinstance(row[COLUMN].get("task"), str):
            column = row[COLUMN]
            spill.add(column["task"], [place[1:], list(pair), column])
        else:
            extras = {OWN: {REJECTED: pair.rejected, **pair.fields}}
            instance: Document = {"input": "", "output": [pair.chosen], "extras": extras}
            if pair.context:
                instance["context"] = pair.context
            yield Loose(
                place=place,
                instruction=pair.prompt,
                instance=instance,
                column=column_of(row),
            )


def _task(rows: list[Any], source: Source) -> Iterator[Piece]:
    """The task that rows were written of."""
    members = [(source.place(*at), Preferred(*pair), column) for at, pair, column in rows]
    first = members[0][2]
    wholes = (column["whole"] for _, _, column in members if "whole" in column)
    head = {key: first[key] for key in HEAD if key in first} | {
        "schema_version": NEWEST,
        "name": first["task"],
        "definition": [first.get("instruction", GENERIC)],
    }
    whole: Any = next(wholes, {})
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
    there = {_key(_row(task, pair)) for pair in made}
    merged = 0
    for pair, column in others:
        if _key(pair) in there:
            merged += 1
        else:
            instances.append(_new(pair, column, f"{head['name']}-{len(instances) + 1}", head))
    if instances or not refused:
        yield task
    yield Counted(len(members), merged, refused)


def _is(value: Any) -> bool:
    return isinstance(value, dict)


def _restore(task: Document, rows: list[Preferred], made: list[Pair]) -> None:
    """Give the instances what their rows say of the pair and the task does not."""
    instances = task["instances"]
    firsts = {pair.number: _row(task, pair) for pair in made if pair.number is not None}
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
    natural = _natural(pair, column)
    output = found.get("output")
    if isinstance(output, list) and output[:1] != natural["output"]:
        found = {key: found[key] for key in found if key != "output"}
    return overlaid(natural, found)


def _natural(pair: Preferred, column: Document) -> Document:
    """The instance as the row alone says it."""
    instruction = column.get("instruction")
    text = parted(instruction, pair.prompt) if isinstance(instruction, str) else None
    instance: Document = {
        "input": pair.prompt if text is None else text,
        "output": [pair.chosen],
        "extras": {OWN: {REJECTED: pair.rejected, **pair.fields}},
    }
    return instance | ({"context": pair.context} if pair.context else {})


def _new(pair: Preferred, column: Document, id_: str, head: Document) -> Document:
    """The instance of a row that a demonstration was changed in, with an answer of its kind."""
    instance = _natural(pair, column) | {"id": id_}
    if not is_row(instance, head):
        score: Any = {"set": [[pair.chosen]], "choices": [{"text": pair.chosen, "score": 1}]}
        kind = head.get("answer_format", {}).get("kind")
        instance["answer"] = score.get(kind, {"answer": [pair.chosen]})
    return instance


def write(items: Iterable[Document | Beside], options: Options) -> Iterator[Chunk | Problem]:
    """A row for each pair."""
    for task in documents(items):
        shared = carrier(task, options)
        rows = list(_rows(task, shared))
        place = Place(Path(task["name"]))
        left_out = len(task["instances"]) - sum(pair.number is not None for pair, _ in rows)
        if not rows:
            message = (
                "has no pair: no rejected answer, no choice that scores less, and no negative "
                "demonstration of an input that has a right answer. Add some."
            )
            yield Problem(place, "not-expressible", message)
            continue
        if left_out:
            message = (
                f"{left_out:,} of {len(task['instances']):,} instances have no worse answer to "
                "pair with, and are left out. Write them in another format as well."
            )
            yield Problem(place._replace(pointer="/instances"), "not-expressible", message)
        for _, row in rows:
            yield Chunk("", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _rows(task: Document, shared: Document) -> Iterator[tuple[Pair, Document]]:
    """Each pair once, with its row."""
    seen: set[bytes] = set()
    whole = {key: task[key] for key in task if key not in ELSEWHERE}
    for pair in pairs(task, OWN, KNOWN):
        written = _row(task, pair)
        key = _key(written)
        if pair.number is None and key in seen:
            continue
        row = _fields(written)
        if shared:
            column = {"task": task["name"]}
            if written.prompt != pair.holder["input"]:
                column["instruction"] = task["definition"][0]
            if pair.number is not None:
                column["instance"] = difference(pair.holder, _natural(written, column))
            if not seen:
                column["whole"] = whole
            row[COLUMN] = column | {key: shared[key] for key in HEAD if key in shared}
        seen.add(key)
        yield pair, row


def _row(task: Document, pair: Pair) -> Preferred:
    """A pair as a row of its own, with all that is asked in one text."""
    own, _ = spoken(task, pair.holder)
    is_alone = own != task["definition"][0]
    text = pair.holder["input"]
    prompt = text if is_alone else together(task["definition"][0], text)
    row = Preferred(pair.holder.get("context", []), prompt, pair.chosen, pair.rejected, {})
    redundant = _fields(row) | {"messages": _fields(row)["chosen"]}
    fields = {
        key: value
        for key, value in pair.fields.items()
        if value != redundant.get(key) and (key != "prompt" or isinstance(value, str))
    }
    return row._replace(fields=fields)


def _fields(pair: Preferred) -> Document:
    asked = [*pair.context, {"role": "user", "content": pair.prompt}]
    sides = {
        key: [*asked, {"role": "assistant", "content": text}]
        for key, text in (("chosen", pair.chosen), ("rejected", pair.rejected))
    }
    return {"prompt": pair.prompt} | sides | pair.fields


def _key(pair: Preferred) -> bytes:
    return orjson.dumps(pair[:4], option=orjson.OPT_SORT_KEYS)


FORMAT = Format(
    title="Preference pairs, as in UltraFeedback: prompt, chosen, rejected",
    sniff=sniff,
    read=read,
    write=write,
    suffix=".jsonl",
)

"""Preference pairs, as in UltraFeedback: a prompt, a chosen and a rejected answer.

Read: `chosen` and `rejected` are texts that follow a `prompt`, or lists of messages that differ in
their last message only. `prompt` may be a list of messages too, or be missing if the two lists
contain it. The keys of ShareGPT (`from`, `value` and `conversations`) are accepted, and so is a
single message instead of a list.

A pair becomes an instance: the prompt is its input, earlier messages its context, the chosen answer
its output. `extras.preferences` keeps the rejected answer and all other fields, such as
`score_chosen`, `score_rejected` and `prompt_id`. Rejected answers do not become negative
demonstrations, because those belong to a whole task, which would get tens of thousands of them. A
column `messages` that repeats `chosen` is not kept.

Written: one row per pair, with `prompt` as a text and both answers as lists of messages. The pairs
are:

- each output of an instance with the answer that it keeps as rejected;
- its first output with each choice that scores less, with both scores;
- its first output, or the output of a positive demonstration, with each negative demonstration of
  the same input and context, unless the task also has that output as a correct answer.

Instances without a pair are skipped and reported. The column `taskschema` holds everything else: of
an instance in the first of its rows, of the task in its first row. When the rows are read again,
those of demonstrations make no instances unless they were changed.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.formats.preferences.pairs import REJECTED, Pair, pairs
from taskschema.convert.formats.preferences.row_parsing import parse_row
from taskschema.convert.formats.preferences.task_rows import (
    ELSEWHERE,
    FORMAT_OF,
    KNOWN,
    OWN,
    fields_of,
    instance_from_fields,
    key_of,
    row_of,
    task_of,
)
from taskschema.convert.pieces import (
    Chunk,
    ConversionSource,
    Document,
    Item,
    Piece,
    Place,
    Problem,
    Sample,
    SourceCounts,
    tasks_in,
)
from taskschema.convert.shared.rows.disk_sort import DiskGroups
from taskschema.convert.shared.rows.json_difference import difference
from taskschema.convert.shared.rows.tasks_from_rows import ForeignRow, tasks_from_rows
from taskschema.convert.shared.rows.taskschema_column import (
    COLUMN,
    HEAD_KEYS,
    read_column,
    shared_column,
)
from taskschema.convert.shared.sources.data_rows import rows_of


def sniff(sample: Sample) -> bool:
    """Return whether the rows have a chosen and a rejected answer."""
    return sample.has("chosen", "rejected")


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield the tasks of rows from elsewhere, then the tasks that taskschema wrote as rows."""
    with DiskGroups() as spill:
        yield from tasks_from_rows(_loose(source, spill), source, options)
        for members in spill.groups():
            yield from task_of(list(members), source)


def _loose(source: ConversionSource, spill: DiskGroups) -> Iterator[ForeignRow | Problem]:
    """Yield the rows from elsewhere; rows that taskschema wrote are sorted by task in `spill`."""
    for found in rows_of(source):
        if isinstance(found, Problem):
            yield found
            continue
        place, row = found
        pair = parse_row(place, row, KNOWN)
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
            yield ForeignRow(
                place=place,
                instruction=pair.prompt,
                instance=instance,
                column=read_column(row),
            )


def write(
    items: Iterable[Item], options: ConvertOptions
) -> Iterator[Chunk | Problem | SourceCounts]:
    """Yield one row per pair."""
    for task in tasks_in(items):
        shared = shared_column(task, options)
        rows = list(_rows(task, shared))
        place = Place(Path(task["name"]))
        skipped = len(task["instances"]) - sum(pair.number is not None for pair, _ in rows)
        if not rows:
            message = (
                "has no pair: no rejected answer, no choice that scores less, and no negative "
                "demonstration whose input has a correct answer. Add one of these."
            )
            yield Problem(place, "not-expressible", message)
            continue
        if skipped:
            message = (
                f"{skipped:,} of {len(task['instances']):,} instances have no worse answer to "
                "pair with and are skipped. Write the task in another format too."
            )
            yield Problem(place._replace(pointer="/instances"), "not-expressible", message)
            yield SourceCounts(refused=skipped)
        for _, row in rows:
            yield Chunk("", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _rows(task: Document, shared: Document) -> Iterator[tuple[Pair, Document]]:
    """Yield each distinct pair with its row."""
    seen: set[bytes] = set()
    whole = {key: task[key] for key in task if key not in ELSEWHERE}
    for pair in pairs(task, OWN, KNOWN):
        written = row_of(task, pair)
        key = key_of(written)
        if pair.number is None and key in seen:
            continue
        row = fields_of(written)
        if shared:
            column = {"task": task["name"]}
            if written.prompt != pair.holder["input"]:
                column["instruction"] = task["definition"][0]
            if pair.number is not None:
                column["instance"] = difference(pair.holder, instance_from_fields(written, column))
                if "answer" in pair.holder and FORMAT_OF in task:
                    column[FORMAT_OF] = task[FORMAT_OF]
            if not seen:
                column["whole"] = whole
            row[COLUMN] = column | {key: shared[key] for key in HEAD_KEYS if key in shared}
        seen.add(key)
        yield pair, row


FORMAT = Format(
    title="Preference pairs, as in UltraFeedback: prompt, chosen, rejected",
    sniff=sniff,
    read=read,
    write=write,
    suffix=".jsonl",
)

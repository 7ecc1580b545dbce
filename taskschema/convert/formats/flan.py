"""Rows of the FLAN collections: `inputs`, `targets`, and the name of their task.

The name stands in `task_name`, `_task_name` or `task`, as the copies of the collection spell it.
Rows of one name become one task, whose source is their `task_source`. The inputs have a template
applied to them already and say themselves what to do, so that the definition only says to follow
them. All other columns, such as `template_type` and `_template_idx`, go to `extras.flan` of the
instance and are written again.

Written are definition, earlier turns and input as one text, with blank lines between, and the first
output. What that does not say of the instance stands in the column `taskschema`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import Beside, Chunk, Document, Piece, Place, Problem, documents
from taskschema.convert.shared.rows.extras import joined
from taskschema.convert.shared.rows.fields import fields_of, rest
from taskschema.convert.shared.rows.task_names import Names
from taskschema.convert.shared.rows.tasks_from_rows import GENERIC, Loose, gathered
from taskschema.convert.shared.rows.taskschema_column import (
    COLUMN,
    LOSES,
    carried,
    carrier,
    column_of,
    foreign,
)
from taskschema.convert.shared.sources.data_rows import rows_of
from taskschema.convert.source import ConversionSource, Sample
from taskschema.schema.row_instructions import (
    instruction_and_input,
    join_instruction,
    split_instruction,
)

OWN = "flan"
NEEDED = ("inputs", "targets")
KNOWN = (*NEEDED, COLUMN)
NAME = "task_name"
NAMES = (NAME, "_task_name", "task")
SOURCES = ("task_source", "_task_source")
BETWEEN = "\n\n"


def sniff(sample: Sample) -> bool:
    """Whether the rows have inputs, targets and the name of a task."""
    return any(sample.has(*NEEDED, name) for name in NAMES)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Rows of a file, a task for each name."""
    return gathered(_rows(source, options), source, options)


def _rows(source: ConversionSource, options: ConvertOptions) -> Iterator[Loose | Problem]:
    names = Names(options.name)
    for found in rows_of(source):
        if isinstance(found, Problem):
            yield found
        elif COLUMN in found[1]:
            yield _ours(*found)
        else:
            yield _foreign(*found, names, options)


def _foreign(place: Place, row: Document, names: Names, options: ConvertOptions) -> Loose | Problem:
    """A row of a collection, put into the task of its name."""
    texts = fields_of(place, row, NEEDED, (*NAMES, *SOURCES))
    if isinstance(texts, Problem):
        return texts
    if not texts["targets"].strip():
        message = "has no `targets`. Write the answer, or leave the row out."
        return Problem(place, "missing-answer", message)
    called = next((texts[name] for name in NAMES if texts[name].strip()), "")
    column: Document = {"definition": options.instruction or GENERIC}
    if called:
        column["task"] = names.of(called, called)
    if sources := [{"name": texts[key]} for key in SOURCES if texts[key].strip()]:
        column["sources"] = sources
    return Loose(
        place=place,
        instruction="",
        instance=_instance(row, texts["inputs"], column.get("task", "")),
        column=column,
    )


def _instance(row: Document, text: str, name: str) -> Document:
    own = rest(row, (*KNOWN, NAME) if row.get(NAME) == name else KNOWN)
    return joined({"input": text, "output": [row["targets"]]}, OWN, own)


def _ours(place: Place, row: Document) -> Loose | Problem:
    """A row that we wrote, which says itself to which task it belongs."""
    texts = fields_of(place, row, NEEDED)
    if isinstance(texts, Problem):
        return texts
    column = column_of(row)
    instruction = column.get("instruction", "")
    text = split_instruction(instruction, texts["inputs"]) if instruction else texts["inputs"]
    if text is None:
        message = (
            "`inputs` does not begin with the instruction that is named here. Write it there "
            f"again, or leave `{COLUMN}` out."
        )
        inner = place._replace(pointer=f"{place.pointer}/{COLUMN}")
        return Problem(inner, "wrong-shape", message)
    instance = _instance(row, text, column.get("task", ""))
    return Loose(place=place, instruction=instruction, instance=instance, column=column)


def write(items: Iterable[Document | Beside], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """A row a line, of each instance with its first output."""
    for task in documents(items):
        shared = carrier(task, options)
        for instance in task["instances"]:
            row = _row(shared, task, instance)
            yield Chunk("", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _row(shared: Document, task: Document, instance: Document) -> Document:
    instruction, text = instruction_and_input(task, instance)
    # Nobody needs to be told the definition that loose rows have in common.
    says = text != instance["input"] or instruction not in ("", GENERIC)
    turns = [turn["content"] for turn in instance.get("context", [])]
    whole = BETWEEN.join([*turns, text]) if turns else text
    own = foreign(instance, OWN, KNOWN)
    row = {
        "inputs": join_instruction(instruction, whole) if says else whole,
        "targets": instance["output"][0],
        **({} if any(name in own for name in NAMES) else {NAME: task["name"]}),
        **own,
    }
    made = Loose(
        place=Place(Path()),
        instruction=instruction if says else "",
        instance=_instance(row, whole, task["name"]),
    )
    return row | carried(shared, task, instance, made, in_one=says)


FORMAT = Format(
    title="Rows of the FLAN collections: inputs, targets, task_name",
    sniff=sniff,
    read=read,
    write=write,
    loses=LOSES,
    suffix=".jsonl",
)

"""Rows of the FLAN collections: `inputs`, `targets` and the name of the task.

Read: the name of the task is in `task_name`, `_task_name` or `task`, depending on the copy of the
collection. Rows with the same name become one task, with `task_source` as its source. A template is
already applied to the inputs, which contain the instruction, so the definition is a generic one.
All other columns, such as `template_type` and `_template_idx`, go to `extras.flan` of the instance
and are written back.

Written: `inputs` is the definition, the earlier turns and the input as one text, separated by blank
lines; `targets` is the first output. Everything else goes to the column `taskschema`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import (
    Chunk,
    ConversionSource,
    Document,
    Item,
    Piece,
    Place,
    Problem,
    Sample,
    tasks_in,
)
from taskschema.convert.shared.rows.extras_fields import with_extras
from taskschema.convert.shared.rows.row_fields import fields_of, other_fields
from taskschema.convert.shared.rows.task_names import TaskNames
from taskschema.convert.shared.rows.tasks_from_rows import (
    GENERIC_DEFINITION,
    ForeignRow,
    tasks_from_rows,
)
from taskschema.convert.shared.rows.taskschema_column import (
    COLUMN,
    COLUMN_LOSSES,
    kept_fields,
    read_column,
    row_column,
    shared_column,
)
from taskschema.convert.shared.sources.data_rows import rows_of
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
    """Return whether the rows have inputs, targets and the name of a task."""
    return any(sample.has(*NEEDED, name) for name in NAMES)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield one task per task name in the rows."""
    return tasks_from_rows(_rows(source, options), source, options)


def _rows(source: ConversionSource, options: ConvertOptions) -> Iterator[ForeignRow | Problem]:
    names = TaskNames(options.name)
    for found in rows_of(source):
        if isinstance(found, Problem):
            yield found
        elif COLUMN in found[1]:
            yield _row_with_column(*found)
        else:
            yield _row_of_collection(*found, names, options)


def _row_of_collection(
    place: Place, row: Document, names: TaskNames, options: ConvertOptions
) -> ForeignRow | Problem:
    """Return a row of the collection, assigned to the task that it names."""
    texts = fields_of(place, row, NEEDED, (*NAMES, *SOURCES))
    if isinstance(texts, Problem):
        return texts
    if not texts["targets"].strip():
        message = "has no `targets`. Write the answer or remove the row."
        return Problem(place, "missing-answer", message)
    called = next((texts[name] for name in NAMES if texts[name].strip()), "")
    column: Document = {"definition": options.instruction or GENERIC_DEFINITION}
    if called:
        column["task"] = names.of(called, called)
    if sources := [{"name": texts[key]} for key in SOURCES if texts[key].strip()]:
        column["sources"] = sources
    return ForeignRow(
        place=place,
        instruction="",
        instance=_instance(row, texts["inputs"], column.get("task", "")),
        column=column,
    )


def _instance(row: Document, text: str, name: str) -> Document:
    own = other_fields(row, (*KNOWN, NAME) if row.get(NAME) == name else KNOWN)
    return with_extras({"input": text, "output": [row["targets"]]}, OWN, own)


def _row_with_column(place: Place, row: Document) -> ForeignRow | Problem:
    """Return a row that taskschema wrote, whose column `taskschema` names its task."""
    texts = fields_of(place, row, NEEDED)
    if isinstance(texts, Problem):
        return texts
    column = read_column(row)
    instruction = column.get("instruction", "")
    text = split_instruction(instruction, texts["inputs"]) if instruction else texts["inputs"]
    if text is None:
        message = (
            "`inputs` does not start with the instruction that this column names. Restore the "
            f"instruction or remove `{COLUMN}`."
        )
        inner = place._replace(pointer=f"{place.pointer}/{COLUMN}")
        return Problem(inner, "wrong-shape", message)
    instance = _instance(row, text, column.get("task", ""))
    return ForeignRow(place=place, instruction=instruction, instance=instance, column=column)


def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield one line per instance, with its first output."""
    for task in tasks_in(items):
        shared = shared_column(task, options)
        for instance in task["instances"]:
            row = _row(shared, task, instance)
            yield Chunk("", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _row(shared: Document, task: Document, instance: Document) -> Document:
    instruction, text = instruction_and_input(task, instance)
    # The generic definition of rows without an instruction is not worth writing.
    has_instruction = text != instance["input"] or instruction not in ("", GENERIC_DEFINITION)
    turns = [turn["content"] for turn in instance.get("context", [])]
    whole = BETWEEN.join([*turns, text]) if turns else text
    own = kept_fields(instance, OWN, KNOWN)
    row = {
        "inputs": join_instruction(instruction, whole) if has_instruction else whole,
        "targets": instance["output"][0],
        **({} if any(name in own for name in NAMES) else {NAME: task["name"]}),
        **own,
    }
    made = ForeignRow(
        place=Place(Path()),
        instruction=instruction if has_instruction else "",
        instance=_instance(row, whole, task["name"]),
    )
    return row | row_column(shared, task, instance, made, in_one=has_instruction)


FORMAT = Format(
    title="Rows of the FLAN collections: inputs, targets, task_name",
    sniff=sniff,
    read=read,
    write=write,
    loses=COLUMN_LOSSES,
    suffix=".jsonl",
)

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

import orjson

from taskschema.formats import (
    Beside,
    Chunk,
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
from taskschema.formats._carried import COLUMN, column_of, foreign, parted, together
from taskschema.formats._extras import joined
from taskschema.formats._fields import fields_of, rest, rows_of
from taskschema.formats._instances import (
    LOSES_OF_TASKS,
    Formats,
    answered,
    column_for,
    plain_of,
    restored,
    shared_by,
)
from taskschema.formats._loose import GENERIC, Loose, gathered
from taskschema.formats._names import Names

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


def read(source: Source, options: Options) -> Iterator[Piece]:
    """Rows of a file, a task for each name."""
    formats: Formats = {}
    return answered(gathered(_rows(source, options, formats), source, options), source, formats)


def _rows(source: Source, options: Options, formats: Formats) -> Iterator[Loose | Problem]:
    names = Names(options.name)
    for found in rows_of(source):
        if isinstance(found, Problem):
            yield found
        elif COLUMN in found[1]:
            yield _ours(*found, formats)
        else:
            yield _foreign(*found, names, options)


def _foreign(place: Place, row: Document, names: Names, options: Options) -> Loose | Problem:
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


def _ours(place: Place, row: Document, formats: Formats) -> Loose | Problem:
    """A row that we wrote, put into its task again."""
    texts = fields_of(place, row, NEEDED)
    if isinstance(texts, Problem):
        return texts
    column = rest(column_of(row), ("output",))
    instruction = column.get("instruction", "")
    text = parted(instruction, texts["inputs"]) if instruction else texts["inputs"]
    inner = place._replace(pointer=f"{place.pointer}/{COLUMN}")
    if text is None:
        message = (
            "`inputs` does not begin with the instruction that is named here. Write it there "
            f"again, or leave `{COLUMN}` out."
        )
        return Problem(inner, "wrong-shape", message)
    base = _instance(row, text, column.get("task", ""))
    instance = restored(inner, base, row[COLUMN], formats)
    if isinstance(instance, Problem):
        return instance
    return Loose(place=place, instruction=instruction, instance=instance, column=column)


def write(items: Iterable[Document | Beside], options: Options) -> Iterator[Chunk | Problem]:
    """A row a line, of each instance with its first output."""
    for task in documents(items):
        shared = shared_by(task, options)
        for instance in task["instances"]:
            row = _row(shared, task, instance)
            yield Chunk("", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _row(shared: Document, task: Document, instance: Document) -> Document:
    instruction, plain = plain_of(task, instance)
    turns = [turn["content"] for turn in plain.get("context", [])]
    text = BETWEEN.join([*turns, plain["input"]]) if turns else plain["input"]
    own = foreign(instance, OWN, KNOWN)
    row = {
        "inputs": text if instruction is None else together(instruction, text),
        "targets": instance["output"][0],
        **({} if any(name in own for name in NAMES) else {NAME: task["name"]}),
        **own,
    }
    if not shared:
        return row
    base = {"id": instance["id"]} | _instance(row, text, task["name"])
    column = column_for(shared, task, instance, base, is_silent=instruction is None)
    if instruction is not None:
        column["instruction"] = instruction
    return row | {COLUMN: column}


FORMAT = Format(
    title="Rows of the FLAN collections: inputs, targets, task_name",
    sniff=sniff,
    read=read,
    write=write,
    loses=LOSES_OF_TASKS,
    suffix=".jsonl",
)

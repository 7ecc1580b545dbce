"""The column `taskschema`: what rows of other formats carry of a task besides their own fields.

Each row carries the name of its task and the id of its instance, so that shuffled rows can be put
together again; the other members of the instance; and what must survive every conversion: canary,
licenses, sources and provenance. The first row of a task carries the rest of the task.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from taskschema.convert.format import ConvertOptions, Loss
from taskschema.convert.pieces import Document, Place
from taskschema.convert.shared.rows.json_difference import difference
from taskschema.convert.shared.rows.row_fields import other_fields
from taskschema.schema.row_instructions import spoken, together

__all__ = [
    "BROKEN",
    "COLUMN",
    "COLUMN_LOSSES",
    "HEAD_KEYS",
    "ForeignRow",
    "kept_fields",
    "read_column",
    "row_column",
    "shared_column",
    "with_instruction",
]

COLUMN = "taskschema"
BROKEN = "broken"
HEAD_KEYS = ("licenses", "sources", "provenance", "canary")
OF_ROWS = ("id", "output")

COLUMN_LOSSES = {
    "": Loss("a task without instances", lambda task: not task["instances"]),
    "/attachments": Loss(
        "the files of attachments",
        lambda attachments: any("path" in attachment for attachment in attachments.values()),
    ),
}
"""What rows lose even with their column."""
SHAPES: dict[str, type] = {
    "task": str,
    "id": str,
    "definition": str,
    "columns": str,
    "instruction": str,
    "output": list,
    "instance": dict,
    "head": dict,
    "answer_format": dict,
    "licenses": list,
    "sources": list,
    "provenance": dict,
    "canary": str,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignRow:
    """One foreign row: an instruction with an input and its outputs."""

    place: Place
    instruction: str
    """Empty if the row has none."""
    instance: Document
    """`input` and `output`; optionally `id`, `context`, `source_id`, `extras`."""
    column: Document = field(default_factory=dict)
    """The content of its column `taskschema`."""


def with_instruction(instruction: str, instance: Document) -> Document:
    """Return an instance of a collection: its input starts with the instruction of its row."""
    if not instruction:
        return instance
    extras = instance.get("extras", {}) | {"instruction": instruction}
    return instance | {"input": together(instruction, instance["input"]), "extras": extras}


def shared_column(task: Document, options: ConvertOptions) -> Document:
    """Return the part of the column that all rows of a task share; empty for bare rows."""
    if options.bare:
        return {}
    return {"task": task["name"]} | {key: task[key] for key in HEAD_KEYS if key in task}


def row_column(
    shared: Document, task: Document, instance: Document, made: ForeignRow, *, in_one: bool = False
) -> Document:
    """Return the column of one row, as a member to add to the row; empty for bare rows.

    Args:
        shared: the result of `shared_column` for the task.
        task: the task.
        instance: the instance of the row.
        made: the row as it is read without the column.
        in_one: whether the row has instruction and input in one text.
    """
    if not shared:
        return {}
    column = {"task": shared["task"], "id": instance["id"]}
    instruction, text = spoken(task, instance)
    read = made.instance
    if text != instance["input"]:
        read = with_instruction(instruction, read)
    if text != instance["input"] or made.instruction != task["definition"][0]:
        column["definition"] = task["definition"][0]
    if in_one:
        column["instruction"] = instruction
    output = read.get("output", [])
    own = difference(other_fields(instance, OF_ROWS), other_fields(read, OF_ROWS))
    if output != instance["output"]:
        holder = column if output[:1] == instance["output"][:1] else own
        holder["output"] = instance["output"]
    if own:
        column["instance"] = own
    if "answer" in instance and "answer_format" in task:
        column["answer_format"] = task["answer_format"]
    if instance is task["instances"][0]:
        column["head"] = _head(task)
    return {COLUMN: column | {key: shared[key] for key in HEAD_KEYS if key in shared}}


def _head(task: Document) -> Document:
    """The members that only the first row carries; every row has the definition."""
    head = other_fields(task, (*HEAD_KEYS, "schema_version", "name", "definition", "instances"))
    paraphrases = task["definition"][1:]
    return head | ({"definition": paraphrases} if paraphrases else {})


def kept_fields(holder: Document, name: str, known: Collection[str]) -> Document:
    """Return the fields that a format kept of a row under its name in `extras`."""
    kept = holder.get("extras", {}).get(name)
    if not isinstance(kept, dict):
        return {}
    return {key: value for key, value in kept.items() if key not in known}


def read_column(row: Document) -> Document:
    """Return the column of a row; parts of a wrong type are dropped, and marked by `BROKEN`."""
    column = row.get(COLUMN)
    if column is None:
        return {}
    parts = column if isinstance(column, dict) else {}
    sound = {key: value for key, value in parts.items() if isinstance(value, SHAPES.get(key, ()))}
    return sound if column == sound else sound | {BROKEN: column}

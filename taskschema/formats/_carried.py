"""What rows of other formats carry of a task that their own columns do not say.

It stands in one column, `taskschema`: the name of the task and the id of the instance, so that
shuffled rows find together again; the alternatives of the output; and what must survive every
path: canary, licences, sources and provenance.
"""

from collections.abc import Collection
from typing import Any

from taskschema.formats import Document, Loss, Options
from taskschema.formats._difference import difference
from taskschema.formats._fields import rest

__all__ = [
    "COLUMN",
    "HEAD",
    "LOSES",
    "carried",
    "carrier",
    "collected",
    "column_of",
    "foreign",
    "parted",
    "spoken",
    "together",
]

COLUMN = "taskschema"
BETWEEN = "\n\n"
HEAD = ("licenses", "sources", "provenance", "canary")
OF_ROWS = ("id", "input", "output")

LOSES = {
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


def together(instruction: str, text: str) -> str:
    """Instruction and input as one text; `parted` takes them apart."""
    return f"{instruction}{BETWEEN}{text}" if text else instruction


def parted(instruction: str, whole: str) -> str | None:
    """The input in a text that begins with the instruction; None where it does not."""
    if whole == instruction:
        return ""
    before = f"{instruction}{BETWEEN}"
    return (whole.startswith(before) and whole[len(before) :]) or None


def collected(instruction: str, instance: Document) -> Document:
    """The instance of a collection, whose input begins with the instruction of its row."""
    if not instruction:
        return instance
    extras = instance.get("extras", {}) | {"instruction": instruction}
    return instance | {"input": together(instruction, instance["input"]), "extras": extras}


def carrier(task: Document, options: Options) -> Document:
    """The part of the column that all rows of a task share; empty for bare rows."""
    if options.bare:
        return {}
    return {"task": task["name"]} | {key: task[key] for key in HEAD if key in task}


def spoken(task: Document, instance: Document) -> tuple[str, str]:
    """Instruction and input of an instance: in a collection of loose rows, those of its own row."""
    instruction = instance.get("extras", {}).get("instruction")
    if isinstance(instruction, str) and instruction:
        text = parted(instruction, instance["input"])
        if text is not None:
            return instruction, text
    return task["definition"][0], instance["input"]


def carried(
    shared: Document,
    task: Document,
    instance: Document,
    *,
    in_one: bool = False,
    made: Document | None = None,
) -> Document:
    """The column of one row, as a dictionary to be laid over the row; empty for bare rows.

    Args:
        shared: what `carrier` made of the task.
        task: the task.
        instance: whose row it is.
        in_one: whether the row has instruction and input in one text.
        made: the instance that the row makes without the column.
    """
    if not shared:
        return {}
    column = {"task": shared["task"], "id": instance["id"]}
    instruction, text = spoken(task, instance)
    if text != instance["input"]:
        column["definition"] = task["definition"][0]
    if in_one:
        column["instruction"] = instruction
    if len(instance["output"]) > 1:
        column["output"] = instance["output"]
    if made is not None:
        if text != instance["input"]:
            made = collected(instruction, made)
        own = difference(rest(instance, OF_ROWS), rest(made, OF_ROWS))
        column |= {"instance": own} if own else {}
        if "answer" in own and "answer_format" in task:
            column["answer_format"] = task["answer_format"]
        if instance is task["instances"][0]:
            column["head"] = _head(task)
    return {COLUMN: column | {key: shared[key] for key in HEAD if key in shared}}


def _head(task: Document) -> Document:
    """What is said once for a task; its definition stands in every row."""
    head = rest(task, (*HEAD, "schema_version", "name", "definition", "instances"))
    paraphrases = task["definition"][1:]
    return head | ({"definition": paraphrases} if paraphrases else {})


def foreign(holder: Document, name: str, known: Collection[str]) -> Document:
    """The fields that a format kept of a row under its own name in `extras`."""
    kept = holder.get("extras", {}).get(name)
    if not isinstance(kept, dict):
        return {}
    return {key: value for key, value in kept.items() if key not in known}


def column_of(row: Any) -> Document:
    """The column of a row that was read, without what is not as we write it."""
    column = row.get(COLUMN)
    if not isinstance(column, dict):
        return {}
    return {key: value for key, value in column.items() if isinstance(value, SHAPES.get(key, ()))}

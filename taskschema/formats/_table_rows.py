"""Tasks become rows of a table that are read again as they were.

A row has its instruction, input, output, id and task in columns of their own, and so the fields of
one format that `extras` hold. The column `taskschema` carries all else: in every row what belongs
to it and what must survive every path, in the first row of a task what is said once for the task.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from taskschema.formats import Beside, Document, Loss, Options, documents
from taskschema.formats._carried import COLUMN, carried, carrier, spoken
from taskschema.formats._spill import Spill
from taskschema.formats._tables import CARRIED, ELSEWHERE, OURS

__all__ = ["LOSES", "kept", "table_rows"]

LOSES = {
    "": Loss("a task without instances", lambda task: not task["instances"]),
    "/attachments": Loss(
        "the files of attachments",
        lambda attachments: any("path" in attachment for attachment in attachments.values()),
    ),
}
"""What every table loses."""


def table_rows(
    items: Iterable[Document | Beside],
    name: str,
    options: Options,
    fits: Callable[[str, Any], bool],
    *,
    has_lists: bool = True,
) -> Iterator[Document]:
    """The rows of tasks.

    Args:
        items: the tasks.
        name: of the format.
        options: what a person said.
        fits: whether a field of `extras` can be a column, given its name and value.
        has_lists: whether a cell holds a list; else it holds the first output, and of bare rows
            there is one for each output.
    """
    for task in documents(items):
        shared = carrier(task, options)
        for index, instance in enumerate(task["instances"]):
            instruction, text = spoken(task, instance)
            row = {"instruction": instruction, "input": text, "output": instance["output"]}
            row |= {"id": instance["id"], "task": task["name"]}
            space, columns, rest = _parted(instance.get("extras", {}), name, fits)
            row |= columns
            if not shared:
                singles = ([text] for text in instance["output"])
                for output in [instance["output"]] if has_lists else singles:
                    yield row | {"output": output if has_lists else output[0]}
                continue
            (column,) = carried(shared, task, instance).values()
            if text != instance["input"]:
                rest.pop("instruction")
            own = {key: instance[key] for key in CARRIED if key in instance}
            if own := own | ({"extras": rest} if rest else {}):
                column["instance"] = own
            if "answer" in own and "answer_format" in task:
                column["answer_format"] = task["answer_format"]
            if space != name:
                column["columns"] = space
            if has_lists:
                column.pop("output", None)
            else:
                row["output"] = instance["output"][0]
            if not index:
                column["head"] = _head(task)
            yield row | {COLUMN: column}


def kept(rows: Iterable[Document], look: Callable[[Document], None]) -> Iterator[Document]:
    """The rows again, after each was looked at: a table knows its columns before its first row."""
    with Spill() as spill:
        for row in rows:
            look(row)
            spill.add("", row)
        for group in spill.groups():
            yield from group


def _parted(
    extras: Document, name: str, fits: Callable[[str, Any], bool]
) -> tuple[str, Document, Document]:
    """Of extras: whose fields become columns, these, and all others."""
    spaces = [
        key
        for key, value in extras.items()
        if isinstance(value, dict) and any(_is_column(*field, fits) for field in value.items())
    ]
    if not spaces:
        return name, {}, dict(extras)
    space = name if name in spaces else spaces[0]
    columns: Document = {}
    left: Document = {}
    for key, value in extras[space].items():
        chosen = columns if _is_column(key, value, fits) else left
        chosen[key] = value
    rest = {key: value for key, value in extras.items() if key != space}
    return space, columns, rest | ({space: left} if left else {})


def _is_column(key: str, value: Any, fits: Callable[[str, Any], bool]) -> bool:
    return key not in OURS and fits(key, value)


def _head(task: Document) -> Document:
    """What is said once for a task; its definition stands in every row."""
    head = {key: value for key, value in task.items() if key not in ELSEWHERE}
    paraphrases = task["definition"][1:]
    return head | ({"definition": paraphrases} if paraphrases else {})

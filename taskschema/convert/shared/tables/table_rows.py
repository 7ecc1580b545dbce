"""Tasks become rows of a table that are read again as they were.

A row has its instruction, input, output, id and task in columns of their own, and so the fields of
one format that `extras` hold. The column `taskschema` carries all else: in every row what belongs
to it and what must survive every path, in the first row of a task what is said once for the task.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from taskschema.convert.format import ConvertOptions
from taskschema.convert.pieces import CompanionFile, Document, Place, tasks_in
from taskschema.convert.shared.rows.disk_sort import DiskGroups
from taskschema.convert.shared.rows.taskschema_column import (
    COLUMN,
    ForeignRow,
    row_column,
    task_column,
)
from taskschema.convert.shared.tables.tasks_from_table import OWN_COLUMNS
from taskschema.schema.row_instructions import spoken

__all__ = ["after_scan", "table_rows"]


def table_rows(
    items: Iterable[Document | CompanionFile],
    name: str,
    options: ConvertOptions,
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
    for task in tasks_in(items):
        shared = task_column(task, options)
        for instance in task["instances"]:
            instruction, text = spoken(task, instance)
            row = {"instruction": instruction, "input": text, "output": instance["output"]}
            row |= {"id": instance["id"], "task": task["name"]}
            space, columns = _columns(instance.get("extras", {}), name, fits)
            row |= columns
            if not shared:
                singles = ([text] for text in instance["output"])
                for output in [instance["output"]] if has_lists else singles:
                    yield row | {"output": output if has_lists else output[0]}
                continue
            if not has_lists:
                row["output"] = instance["output"][0]
            said: Document = {
                "input": text,
                "output": instance["output"][: None if has_lists else 1],
            }
            if columns:
                said["extras"] = {space: columns}
            made = ForeignRow(place=Place(Path()), instruction=instruction, instance=said)
            (column,) = row_column(shared, task, instance, made).values()
            if space != name:
                column["columns"] = space
            yield row | {COLUMN: column}


def after_scan(rows: Iterable[Document], look: Callable[[Document], None]) -> Iterator[Document]:
    """The rows again, after each was looked at: a table knows its columns before its first row."""
    with DiskGroups() as spill:
        for row in rows:
            look(row)
            spill.add("", row)
        for group in spill.groups():
            yield from group


def _columns(extras: Document, name: str, fits: Callable[[str, Any], bool]) -> tuple[str, Document]:
    """Whose fields among the extras become columns, and these."""
    found = {}
    for key, value in extras.items():
        fields = value.items() if isinstance(value, dict) else ()
        if columns := {each: cell for each, cell in fields if _is_column(each, cell, fits)}:
            found[key] = columns
    space = name if name in found else next(iter(found), name)
    return space, found.get(space, {})


def _is_column(key: str, value: Any, fits: Callable[[str, Any], bool]) -> bool:
    return key not in OWN_COLUMNS and fits(key, value)

"""Writes tasks as rows of a table from which they can be read back.

A row has columns for its instruction, input, output, id and task, and for the fields of one format
in `extras`. The column `taskschema` carries everything else: in every row the rest of the instance
and what must survive every conversion, in the first row of a task the rest of the task.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from taskschema.convert.format import ConvertOptions
from taskschema.convert.pieces import Document, Item, Place, tasks_in
from taskschema.convert.shared.rows.disk_sort import DiskGroups
from taskschema.convert.shared.rows.taskschema_column import (
    COLUMN,
    ForeignRow,
    row_column,
    shared_column,
)
from taskschema.convert.shared.tables.tasks_from_table import OWN_COLUMNS
from taskschema.schema.row_instructions import instruction_and_input

__all__ = ["after_scan", "table_rows"]


def table_rows(
    items: Iterable[Item],
    name: str,
    options: ConvertOptions,
    fits: Callable[[str, Any], bool],
    *,
    has_lists: bool = True,
) -> Iterator[Document]:
    """Yield the rows of tasks.

    Args:
        items: the tasks.
        name: of the format.
        options: the options of the conversion.
        fits: whether a field of `extras` can be a column, given its name and value.
        has_lists: whether a cell can hold a list; if not, it holds the first output, and bare
            rows come once for each output.
    """
    for task in tasks_in(items):
        shared = shared_column(task, options)
        for instance in task["instances"]:
            instruction, text = instruction_and_input(task, instance)
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
            cells: Document = {
                "input": text,
                "output": instance["output"][: None if has_lists else 1],
            }
            if columns:
                cells["extras"] = {space: columns}
            made = ForeignRow(place=Place(Path()), instruction=instruction, instance=cells)
            (column,) = row_column(shared, task, instance, made).values()
            if space != name:
                column["columns"] = space
            yield row | {COLUMN: column}


def after_scan(rows: Iterable[Document], scan: Callable[[Document], None]) -> Iterator[Document]:
    """Yield all rows after `scan` got each, so that all columns are known before the first."""
    with DiskGroups() as spill:
        for row in rows:
            scan(row)
            spill.add("", row)
        for group in spill.groups():
            yield from group


def _columns(extras: Document, name: str, fits: Callable[[str, Any], bool]) -> tuple[str, Document]:
    """The name of the format whose fields in extras become columns, and these fields."""
    found = {}
    for key, value in extras.items():
        fields = value.items() if isinstance(value, dict) else ()
        if columns := {each: cell for each, cell in fields if _is_column(each, cell, fits)}:
            found[key] = columns
    space = name if name in found else next(iter(found), name)
    return space, found.get(space, {})


def _is_column(key: str, value: Any, fits: Callable[[str, Any], bool]) -> bool:
    return key not in OWN_COLUMNS and fits(key, value)

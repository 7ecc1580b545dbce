"""Template and batch rows that a task is written as."""

from collections import Counter
from html import escape
from typing import Any

from taskschema.convert.formats.turkingbench.submissions import ANSWER, is_answer
from taskschema.convert.formats.turkingbench.task_from_page import CONSTANT, ONE, OWN
from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.taskschema_column import COLUMN
from taskschema.core.syntax import strict_json

__all__ = ["EMBEDDED", "page_and_rows", "split_embedded"]

HIT, INPUT = "HITId", "input"
START, END = '\n<script type="application/json" id="taskschema">', "</script>\n"
EMBEDDED = START + "{}" + END

Cells = dict[str, str]


def split_embedded(page: str) -> tuple[str, Any]:
    """Return the template without its embedded JSON, and that value or None."""
    at = page.rfind(START)
    if at < 0 or not page.endswith(END):
        return page, None
    value, faults = strict_json.parse(page[at + len(START) : -len(END)].encode())
    return page[:at], "broken" if faults else value


def page_and_rows(task: Document) -> tuple[str, list[str], list[list[Cells]]]:
    """Return the template, the columns and, for each instance, its rows."""
    names = list(task["answer_format"]["fields"]) if _is_form(task) else [ONE]
    own = task.get("extras", {}).get(OWN)
    kept = _kept(own, names)
    if kept:
        template, columns, shared = kept
    else:
        shared = {
            key: task[name]
            for key, name in zip(CONSTANT, ("summary", "description"), strict=False)
            if name in task
        }
        template = _template(task, names)
        columns = [HIT, *shared, INPUT, *(ANSWER + name for name in names)]
    uses: Counter[str] = Counter()
    groups = []
    for instance in task["instances"]:
        answer = instance["answer"] if _is_form(task) else {ONE: instance["output"]}
        found = instance.get("extras", {}).get(OWN)
        own_row: Document = found if isinstance(found, dict) else {}
        cells = dict.fromkeys(columns, "") | shared
        if kept:
            cells |= _texts(own_row.get("row"), columns)
        else:
            cells[INPUT] = _input(instance)
        if HIT in columns:
            hit = instance.get("source_id", "") if kept else instance["id"]
            uses[hit] += 1
            cells[HIT] = hit if uses[hit] == 1 else f"{hit}-{uses[hit]}"
        rows = [_texts(row, columns) for row in _list(own_row.get("rows"))]
        if not kept or not _has_answer(rows, answer, names):
            rows = _rows(answer, names)
        groups.append([cells | row for row in rows])
    return template, columns, groups


def _input(instance: Document) -> str:
    """Return the earlier turns and the input of an instance as HTML text."""
    turns = [f"{turn['role']}: {turn['content']}" for turn in instance.get("context", [])]
    return escape("\n".join((*turns, instance["input"])), quote=False)


def _is_form(task: Document) -> bool:
    kind: str = task.get("answer_format", {}).get("kind", "text")
    return kind == "fields"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any, columns: list[str]) -> Cells:
    """Return the cells of a kept row that are texts of known columns."""
    found = value if isinstance(value, dict) else {}
    return {key: found[key] for key in columns if isinstance(found.get(key), str)}


def _kept(own: Any, names: list[str]) -> tuple[str, list[str], Cells] | None:
    """Return the template, columns and shared cells kept with the task, if they still fit."""
    if not isinstance(own, dict) or not isinstance(own.get("template"), str):
        return None
    columns = own.get("columns")
    if not isinstance(columns, list) or not all(isinstance(name, str) for name in columns):
        return None
    if len(set(columns)) < len(columns) or COLUMN in columns:
        return None
    if [name for name in columns if is_answer(name)] != [ANSWER + name for name in names]:
        return None
    return own["template"], columns, _texts(own.get("shared"), columns)


def _has_answer(rows: list[Cells], answer: Document, names: list[str]) -> bool:
    """Return whether the kept rows still give the answer."""
    return bool(rows) and all(
        {row.get(ANSWER + name, "") for row in rows} == set(answer.get(name, ())) for name in names
    )


def _rows(answer: Document, names: list[str]) -> list[Cells]:
    """Return as few submissions as can hold all alternatives."""
    found = {name: answer.get(name) or [""] for name in names}
    return [
        {
            ANSWER + name: values[index] if index < len(values) else values[0]
            for name, values in found.items()
        }
        for index in range(max(map(len, found.values())))
    ]


def _template(task: Document, names: list[str]) -> str:
    """Return a page with the definition, the input and a form."""
    answer_format = task.get("answer_format", {"kind": "text"})
    fields = answer_format.get("fields", dict.fromkeys(names, answer_format))
    lines = ["<!DOCTYPE html>", '<meta charset="utf-8">']
    lines += [f"<p>{escape(line)}</p>" for line in task["definition"][0].split("\n")]
    lines += ["<form>", f'<p style="white-space: pre-wrap">${{{INPUT}}}</p>']
    lines += [_control(escape(name), fields[name]) for name in names]
    return "\n".join([*lines, "</form>", ""])


def _control(name: str, field: Document) -> str:
    """Return a field that shows its name; a text next to it would be read as input."""
    kind = field.get("type", field.get("kind"))
    if kind == "label" and "labels" in field:
        labels = "".join(f"<option>{escape(label)}</option>" for label in field["labels"])
        return f'<select name="{name}"><option value="">{name}</option>{labels}</select>'
    if kind == "number":
        return f'<input type="number" name="{name}" placeholder="{name}">'
    return f'<textarea name="{name}" placeholder="{name}"></textarea>'

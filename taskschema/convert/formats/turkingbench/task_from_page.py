"""Task and instances derived from a template and its submissions alone."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from taskschema.convert.formats.turkingbench.html_form import Form, FormField, form_of, visible_text
from taskschema.convert.formats.turkingbench.submissions import ANSWER, is_answer, is_of_worker
from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.tasks_from_rows import GENERIC_DEFINITION
from taskschema.schema.answer_text import render
from taskschema.schema.versions import NEWEST

__all__ = ["BOX", "CONSTANT", "ONE", "OWN", "Page", "instance_of", "page_of", "task_head"]

OWN = "turkingbench"
ONE = "answer"  # the name of the only field of an answer that is not a form
CONSTANT = ("Title", "Description", "Keywords")
HIT, BOX = "HITId", "checkbox"
INPUT = "Input."  # the prefix of columns in batches of some sites
PLACEHOLDER = re.compile(r"\$\{([^{}$\n]{1,200})\}")

Cells = dict[str, str]


class Page(NamedTuple):
    """A template with the columns of its batch."""

    template: str
    form: Form
    columns: list[str]
    before: list[str]
    """The lines before the first placeholder, the same for every row."""
    after: list[str]
    """The lines from the first placeholder on."""
    unseen: list[str]
    """The columns that are only used in scripts and attributes, such as URLs of images."""


def page_of(template: str, columns: list[str]) -> Page:
    """Return the page of a template."""
    form = form_of(template)
    order = {name: index for index, name in enumerate(columns)}
    used = [_used(line, order) for line in form.lines]
    first = next((index for index, names in enumerate(used) if names), len(used))
    seen = {name for names in used for name in names}
    unseen = [name for name in _used(form.elsewhere, order) if name not in seen]
    if not seen and not unseen:
        unseen = [
            name for name in columns if not is_of_worker(name) and name not in (*CONSTANT, HIT)
        ]
    return Page(template, form, columns, form.lines[:first], form.lines[first:], unseen)


def _used(text: str, columns: Mapping[str, int]) -> list[str]:
    """Return the columns whose placeholders are in a text, in the order of columns."""
    names = {found[1].strip() for found in PLACEHOLDER.finditer(text)}
    found = {key for name in names for key in (name, INPUT + name) if key in columns}
    return sorted((key for key in found if not is_of_worker(key)), key=columns.__getitem__)


def task_head(page: Page, rows: Sequence[Cells], name: str, instruction: str | None) -> Document:
    """Return the task without its instances."""
    shared = {
        key: rows[0][key]
        for key in CONSTANT
        if key in page.columns and rows and all(row[key] == rows[0][key] for row in rows)
    }
    title, about = shared.get("Title", "").strip(), shared.get("Description", "").strip()
    definition = instruction or "\n".join(page.before) or about or title or GENERIC_DEFINITION
    task: Document = {"schema_version": NEWEST, "name": name, "definition": [definition]}
    task |= {"summary": title} if title else {}
    task |= {"description": about} if about else {}
    fields = {
        column.removeprefix(ANSWER): _field(page, column, rows)
        for column in page.columns
        if is_answer(column)
    }
    answer_format: Document = {"kind": "fields", "fields": fields}
    if fields.keys() == {ONE} and fields[ONE]["type"] in ("text", "label"):
        labels = {"labels": fields[ONE]["labels"]} if "labels" in fields[ONE] else {}
        answer_format = {"kind": fields[ONE]["type"], **labels}
    own: Document = {"template": page.template, "columns": page.columns}
    own |= {"shared": shared} if shared else {}
    return task | {"answer_format": answer_format, "extras": {OWN: own}}


def _field(page: Page, column: str, rows: Sequence[Cells]) -> Document:
    """Return the type, metric and labels of a field that all submissions fit."""
    found = page.form.fields.get(column.removeprefix(ANSWER), FormField("text"))
    values = {row[column] for row in rows if row[column].strip()}
    if found.kind == BOX and len(found.values) > 1:
        return {"type": "set", "metric": "set_exact_match"}
    if found.kind in ("radio", "select", BOX):
        labels = list(found.values)
        is_closed = labels and values <= set(labels) and not PLACEHOLDER.search("".join(labels))
        return {"type": "label", "metric": "exact_match"} | (
            {"labels": labels} if is_closed else {}
        )
    if found.kind in ("number", "range") and all(map(_is_number, values)):
        return {"type": "number", "metric": "exact_match"}
    return {"type": "text", "metric": "rouge_l"}


def _is_number(value: str) -> bool:
    return bool(re.fullmatch(r"\s{0,9}[-+]?\d{1,99}(\.\d{0,99})?\s{0,9}", value))


def instance_of(page: Page, task: Document, rows: Sequence[Cells]) -> Document:
    """Return the instance of all submissions for one input, without an id."""
    first, shared = rows[0], task["extras"][OWN].get("shared", {})
    lines = [_filled(line, first) for line in page.after]
    lines += [f"{name}: {visible_text(first[name])}" for name in page.unseen if first[name].strip()]
    answer = {
        column.removeprefix(ANSWER): _alternatives(page, column, rows)
        for column in page.columns
        if is_answer(column)
    }
    made: Document = {"input": "\n".join(lines)}
    if task["answer_format"]["kind"] == "fields":
        made |= {"output": render(task["answer_format"], answer), "answer": answer}
    else:
        made["output"] = answer[ONE]
    own: dict[str, Any] = {}
    if row := {
        name: first[name]
        for name in page.columns
        if not is_of_worker(name) and name not in (*shared, HIT)
    }:
        own["row"] = row
    if len(rows) > 1 or any(is_of_worker(name) and not is_answer(name) for name in page.columns):
        own["rows"] = [{name: row[name] for name in row if is_of_worker(name)} for row in rows]
    if first.get(HIT):
        made["source_id"] = first[HIT]
    return made | ({"extras": {OWN: own}} if own else {})


def _alternatives(page: Page, column: str, rows: Sequence[Cells]) -> list[str]:
    """Return the answers of one field, most frequent first; blanks last unless it is a checkbox."""
    counts = Counter(row[column] for row in rows)
    found = page.form.fields.get(column.removeprefix(ANSWER))
    is_box = found is not None and found.kind == BOX
    return sorted(counts, key=lambda value: (not (is_box or value.strip()), -counts[value]))


def _filled(line: str, row: Cells) -> str:
    def value(found: re.Match[str]) -> str:
        name = found[1].strip()
        key = name if name in row else INPUT + name
        return visible_text(row[key]) if key in row and not is_of_worker(key) else found[0]

    return PLACEHOLDER.sub(value, line)

"""Document of a new task: known values, and placeholders for the rest."""

from typing import Any

from taskschema.authoring.new.answer_format import answer_format_of, likely_labels, with_answer
from taskschema.authoring.new.demonstrations import blank_demonstrations, choose_demonstrations
from taskschema.authoring.new.request import DraftRequest
from taskschema.authoring.new.table import TableRows
from taskschema.authoring.new.target import DraftTarget
from taskschema.core.errors import ConfigError
from taskschema.schema.answer_text import render
from taskschema.schema.instance_ids import make_ids
from taskschema.schema.placeholders import placeholder

__all__ = ["draft_document"]

Document = dict[str, Any]


def draft_document(target: DraftTarget, request: DraftRequest, rows: TableRows | None) -> Document:
    """Return a document that fits the newest schema if the content of the rows does.

    Args:
        target: the name of the task, the path of its schema, and its thresholds.
        request: the options of the user.
        rows: the rows of a table, if there is one.

    Raises:
        ConfigError: the rows do not have the requested kind of answer format.
    """
    answer_format = _answer_format(request, rows)
    positive, negative, instances = _rows(target, request, rows, answer_format)
    profile = target.profile
    document = {
        "$schema": target.schema,
        "schema_version": 3,
        "name": target.name,
        "revision": 1,
        "summary": request.summary or placeholder("what the task asks for, in one line."),
        "definition": _definition(request, rows, answer_format),
        "answer_format": answer_format if answer_format["kind"] != "text" else None,
        "categories": list(request.categories)
        or [placeholder("a category; `taskschema explain categories` lists all.")],
        "domains": list(request.domains),
        "languages": _languages(request),
        "contributors": [{"name": request.contributor}] if request.contributor else None,
        "sources": _sources(request),
        "licenses": list(request.licenses)
        or [{"text": placeholder("the licence of the instances, such as CC0-1.0 or CC-BY-4.0.")}],
        "provenance": _provenance(request, rows),
        "positive_demonstrations": positive
        or blank_demonstrations(profile.minimum_positive, is_right=True),
        "negative_demonstrations": negative
        or blank_demonstrations(profile.minimum_negative, is_right=False),
        "instances": instances,
    }
    return {key: value for key, value in document.items() if value}


def _answer_format(request: DraftRequest, rows: TableRows | None) -> Document:
    """Return the requested answer format, or the one that the rows suggest."""
    instances = rows.instances if rows else []
    kind, labels = request.kind, request.labels
    if rows and kind == "choices":
        raise ConfigError(
            "--kind choices: a table has no scores for choices. Use --kind label, or leave out "
            "--from and write the instances yourself."
        )
    if kind is None:
        kind = "label" if labels or likely_labels(instances) else "text"
    if kind == "label" and not labels:
        labels = likely_labels(instances)
    return answer_format_of(
        kind, labels=labels, separator=request.separator, fields=request.fields, rows=instances
    )


def _rows(
    target: DraftTarget, request: DraftRequest, rows: TableRows | None, answer_format: Document
) -> tuple[list[Document], list[Document], list[Document]]:
    """Return positive demonstrations, negative demonstrations and instances."""
    if rows is None:
        return [], [], [_example(target.name, answer_format)]
    positive, negative, instances = choose_demonstrations(
        [with_answer(row, answer_format) for row in rows.instances],
        request.demonstrations,
        answer_format.get("labels", ()),
        target.profile.minimum_instances,
    )
    return positive, negative, _with_ids(target.name, instances)


def _definition(
    request: DraftRequest, rows: TableRows | None, answer_format: Document
) -> list[str]:
    if request.definition:
        return list(request.definition)
    if rows and rows.definition:
        return [rows.definition]
    how = {
        "label": "and when each label is the answer",
        "set": "and how the answers in a list are separated",
        "fields": "and what belongs in each field",
        "choices": "and how one of the choices is named",
    }.get(answer_format["kind"], "and in which form")
    labels = ", ".join(f"`{label}`" for label in answer_format.get("labels", ()))
    listed = f" ({labels})" if labels else ""
    return [placeholder(f"the definition: what is given, what to answer, {how}{listed}.")]


def _languages(request: DraftRequest) -> dict[str, list[str]]:
    texts = {"instruction": "definition", "input": "inputs", "output": "outputs"}
    return {
        key: request.languages.get(key)
        or [placeholder(f"the language of the {what}, as a tag such as `en`.")]
        for key, what in texts.items()
    }


def _example(name: str, answer_format: Document) -> Document:
    """Return one instance of placeholders that shows how instances are written."""
    question, answer = (
        placeholder("an input, and add more instances like this one."),
        placeholder("its answer."),
    )
    row: Document = {"id": f"{name}-1", "input": question, "output": [answer]}
    match answer_format["kind"]:
        case "set":
            return with_answer(row, answer_format)
        case "fields":
            parts = {field: [placeholder(f"the {field}.")] for field in answer_format["fields"]}
            return row | {"output": render(answer_format, parts), "answer": parts}
        case "choices":
            other = {"text": placeholder("another choice."), "score": 0}
            return row | {"answer": [{"text": answer, "score": 1}, other]}
        case "label" if labels := answer_format.get("labels"):
            return row | {"output": [labels[0]]}
    return row


def _with_ids(name: str, rows: list[Document]) -> list[Document]:
    """Return the rows, with a new id for each row without one."""
    taken = {row["id"] for row in rows if "id" in row}
    made = iter(make_ids(name, [row for row in rows if "id" not in row], taken))
    return [row if "id" in row else {"id": next(made)} | row for row in rows]


def _sources(request: DraftRequest) -> list[Document]:
    if request.source:
        url = {"url": request.source_url} if request.source_url else {}
        return [{"name": request.source} | url]
    if request.provenance_method == "converted":
        return [{"name": placeholder("the dataset that the rows were taken from.")}]
    return []


def _provenance(request: DraftRequest, rows: TableRows | None) -> Document:
    provenance: Document = {"method": request.provenance_method}
    if provenance["method"] == "generated" or request.generator:
        provenance["generator"] = request.generator or placeholder(
            "the model that wrote it, with its version."
        )
    if rows:
        provenance["conversions"] = [rows.step]
    return provenance

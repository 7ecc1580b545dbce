"""The document of a new task: what is known stands in it, and gaps stand for the rest."""

from typing import Any

import orjson

from taskschema.authoring.new.demonstrations import blank_demonstrations, demonstrations
from taskschema.authoring.new.outputs import format_of, likely_labels, structured
from taskschema.authoring.new.request import DraftRequest
from taskschema.authoring.new.rows import TableRows
from taskschema.authoring.new.target import DraftTarget
from taskschema.collection.reading import read_bytes
from taskschema.core.errors import ConfigError, SourceError
from taskschema.schema import canonical
from taskschema.schema.answer_text import render
from taskschema.schema.instance_ids import make_ids
from taskschema.schema.placeholders import placeholder
from taskschema.schema.versions import NEWEST

__all__ = ["draft", "drafted"]

Document = dict[str, Any]


def drafted(
    site: DraftTarget, wish: DraftRequest, rows: TableRows | None
) -> tuple[Document, bytes]:
    """The document of a new task, and the bytes of its file.

    Raises:
        ConfigError: the rows do not have the kind of answers that is wished for.
        SourceError: there are no rows, or they hold what no task can.
    """
    if rows and not rows.instances:
        raise SourceError("no row is left. Mend the table, or begin without --from.")
    document = draft(site, wish, rows)
    data = orjson.dumps(document)
    reading = read_bytes(site.path, data)
    if reading.document is None:
        first = reading.findings[0]
        raise SourceError(f"{first.pointer}: {first.message}")
    return document, canonical.dumps(document, NEWEST)


def draft(site: DraftTarget, wish: DraftRequest, rows: TableRows | None) -> Document:
    """A document that fits the newest schema, if what the rows hold does.

    Args:
        site: gives its name and the address of its schema.
        wish: what a person said of it.
        rows: of a table, if there is one.

    Raises:
        ConfigError: the rows do not have the kind of answers that is wished for.
    """
    instances = rows.instances if rows else []
    kind, labels = wish.kind, wish.labels
    if rows and kind == "choices":
        raise ConfigError(
            "--kind choices: a table has no scores for its choices. Write the task by hand (leave "
            "out --from), or take --kind label."
        )
    if kind is None:
        kind = "label" if labels or likely_labels(instances) else "text"
    if kind == "label" and not labels:
        labels = likely_labels(instances)
    answer_format = format_of(
        kind, labels=labels, separator=wish.separator, fields=wish.fields, rows=instances
    )
    if rows:
        instances = [structured(row, answer_format) for row in instances]
        positive, negative, instances = demonstrations(
            instances, wish.shown, labels, site.profile.minimum_instances
        )
        instances = _identified(site.name, instances)
    else:
        positive, negative, instances = [], [], [_example(site.name, answer_format)]
    needed = (site.profile.minimum_positive, site.profile.minimum_negative)
    said = wish.definition or ((rows.definition,) if rows and rows.definition else ())
    document = {
        "$schema": site.schema,
        "schema_version": 3,
        "name": site.name,
        "revision": 1,
        "summary": wish.summary or placeholder("what the task asks for, in one line."),
        "definition": list(said) or [_definition(answer_format)],
        "answer_format": answer_format if kind != "text" else None,
        "categories": list(wish.categories)
        or [placeholder("a category; `taskschema explain categories` lists all.")],
        "domains": list(wish.domains),
        "languages": {
            key: wish.languages.get(key)
            or [placeholder(f"the language of the {what}, as a tag such as `en`.")]
            for key, what in (
                ("instruction", "definition"),
                ("input", "inputs"),
                ("output", "outputs"),
            )
        },
        "contributors": [{"name": wish.contributor}] if wish.contributor else None,
        "sources": _sources(wish),
        "licenses": list(wish.licenses)
        or [{"text": placeholder("the licence of the instances, such as CC0-1.0 or CC-BY-4.0.")}],
        "provenance": _provenance(wish, rows),
        "positive_demonstrations": positive or blank_demonstrations(needed[0], is_right=True),
        "negative_demonstrations": negative or blank_demonstrations(needed[1], is_right=False),
        "instances": instances,
    }
    return {key: value for key, value in document.items() if value}


def _definition(answer_format: Document) -> str:
    how = {
        "label": "and when each label is the answer",
        "set": "and how the answers in a list are parted",
        "fields": "and what belongs into each field",
        "choices": "and how one of the choices is named",
    }.get(answer_format["kind"], "and in which form")
    named = ", ".join(f"`{label}`" for label in answer_format.get("labels", ()))
    return placeholder(
        f"the definition: what is given, what to answer, {how}{f' ({named})' if named else ''}."
    )


def _example(name: str, answer_format: Document) -> Document:
    """One instance that shows how instances are written."""
    question, answer = (
        placeholder("an input, and add more instances like this one."),
        placeholder("its answer."),
    )
    row: Document = {"id": f"{name}-1", "input": question, "output": [answer]}
    match answer_format["kind"]:
        case "set":
            return structured(row, answer_format)
        case "fields":
            parts = {field: [placeholder(f"the {field}.")] for field in answer_format["fields"]}
            return row | {"output": render(answer_format, parts), "answer": parts}
        case "choices":
            other = {"text": placeholder("another choice."), "score": 0}
            return row | {"answer": [{"text": answer, "score": 1}, other]}
        case "label" if labels := answer_format.get("labels"):
            return row | {"output": [labels[0]]}
    return row


def _identified(name: str, rows: list[Document]) -> list[Document]:
    taken = {row["id"] for row in rows if "id" in row}
    made = iter(make_ids(name, [row for row in rows if "id" not in row], taken))
    return [row if "id" in row else {"id": next(made)} | row for row in rows]


def _sources(wish: DraftRequest) -> list[Document]:
    if wish.source:
        url = {"url": wish.source_url} if wish.source_url else {}
        return [{"name": wish.source} | url]
    if wish.method == "converted":
        return [{"name": placeholder("the dataset that the rows were taken from.")}]
    return []


def _provenance(wish: DraftRequest, rows: TableRows | None) -> Document:
    provenance: Document = {"method": wish.method}
    if wish.method == "generated" or wish.generator:
        provenance["generator"] = wish.generator or placeholder(
            "the model that wrote it, with its version."
        )
    if rows:
        provenance["conversions"] = [rows.step]
    return provenance

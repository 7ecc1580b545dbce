"""Fields of a BIG-bench task file and of a task, except its examples and instances."""

from typing import Any

from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.json_difference import difference, same
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.core.text.slugs import slug
from taskschema.schema.vocabulary import alike, default_metrics, metrics

__all__ = ["GENERATIVE", "RESERVED", "fields_of", "head_of", "is_container", "well_typed_fields"]

RESERVED = ("examples", "subtasks", "taskschema", "container")
GENERATIVE = frozenset(
    {
        *("bleu", "bleurt", "exact_str_match", "case_insensitive_str_match", "sequence_f1"),
        *("numeric_match_with_0_1_relative_error", "rouge", "log_likelihood"),
    }
)
METRICS = {
    "exact_str_match": "exact_match",
    "case_insensitive_str_match": "exact_match",
    "rouge": "rouge_l",
    "multiple_choice_grade": "choice_score",
}
WRITTEN = {
    "exact_match": "exact_str_match",
    "rouge_l": "rouge",
    "choice_score": "multiple_choice_grade",
}
PREFERRED = {"rouge": "rougeLsum"}
TEXTS = ("name", "description", "preferred_score", "task_prefix")
LISTS = ("keywords", "metrics")


def well_typed_fields(document: Document) -> tuple[Document, dict[str, str]]:
    """Return the fields of the right type or of unknown name, and a message for each other one."""
    wrong = {
        key: f"`{key}` is {json_type(value)}, not {expected}"
        for key, value in document.items()
        if (expected := _expected_type(key)) and not _fits(key, value)
    }
    fields = {key: value for key, value in document.items() if key not in {*RESERVED, *wrong}}
    return fields, wrong


def is_container(document: Any) -> bool:
    """Return whether a file without examples can hold the shared fields of a task's parts."""
    if not isinstance(document, dict) or "examples" in document or well_typed_fields(document)[1]:
        return False
    return bool(document.get("name"))


def _expected_type(key: str) -> str:
    if key in TEXTS or key == "canary":
        return "a text"
    return "a list of texts" if key in LISTS else ""


def _fits(key: str, value: Any) -> bool:
    several = isinstance(value, list) and all(isinstance(part, str) for part in value)
    if key in LISTS:
        return several
    return isinstance(value, str) or (key == "canary" and several)


def head_of(fields: Document, *, scored: bool, container: Document | None) -> Document:
    """Return the task without its instances, and without a definition if no field has one.

    Fields that the task has no place for, or would write differently, are kept in
    `extras.big_bench`.

    Args:
        fields: the well-typed fields of the file, including `name`.
        scored: whether all examples have scored choices.
        container: the fields of the file above, if the task is one of several parts.
    """
    answer_kind = "choices" if scored else "text"
    head = _named(fields, container) | _described(fields) | _classified(fields.get("keywords", []))
    canary = fields.get("canary", "")
    if canary := canary if isinstance(canary, str) else "\n".join(canary):
        head["canary"] = canary
    if scored:
        head["answer_format"] = {"kind": answer_kind}
    known = metrics()
    read = [METRICS[name] for name in fields.get("metrics", []) if name in METRICS]
    if fitting := [name for name in dict.fromkeys(read) if answer_kind in known[name].kinds]:
        head["metrics"] = fitting
    written = _fields_without_extras(head, container) if "definition" in head else {}
    kept: Document = {
        key: value
        for key, value in fields.items()
        if key not in written or not same(value, written[key])
    }
    if container:
        kept["container"] = container
    if "task_prefix" in written and "task_prefix" not in fields:
        kept["task_prefix"] = ""
    return head | ({"extras": {"big_bench": kept}} if kept else {})


def _named(fields: Document, container: Document | None) -> Document:
    before = f"{container['name']}." if container else ""
    return {"name": slug(before + fields["name"])}


def _described(fields: Document) -> Document:
    about = fields.get("description", "").strip()
    definition = fields.get("task_prefix", "").strip() or about
    where = "description" if "\n" in about else "summary"
    return ({where: about} if about else {}) | ({"definition": [definition]} if definition else {})


def _classified(keywords: list[str]) -> Document:
    """Return the keywords that are terms of our vocabularies, by vocabulary."""
    found: Document = {}
    for vocabulary in ("categories", "domains", "reasoning"):
        terms = [term for word in keywords for term in alike(vocabulary, word)[:1]]
        if terms:
            found[vocabulary] = list(dict.fromkeys(terms))
    return found


def fields_of(task: Document) -> tuple[Document, Document | None]:
    """Return the fields of a task, and those of the file above it if it is one of several parts.

    Fields kept from reading are restored unless they contradict the task.
    """
    own = task.get("extras", {}).get("big_bench")
    own = own if isinstance(own, dict) else {}
    container = own["container"] if is_container(own.get("container")) else None
    scored = task.get("answer_format", {}).get("kind") == "choices"
    fields = _fields_without_extras(task, container)
    differing = _differing_fields(task, fields, container, scored=scored)
    for key, value in well_typed_fields(own)[0].items():
        with_it = fields | {key: value}
        if (now := _differing_fields(task, with_it, container, scored=scored)) <= differing:
            fields, differing = with_it, now
    return fields, container


def _fields_without_extras(task: Document, container: Document | None) -> Document:
    """Return the fields derived from the task alone, its extras aside."""
    name, definition = task["name"], task["definition"][0]
    before = f"{slug(container['name'])}." if container else ""
    answer_kind = task.get("answer_format", {}).get("kind", "text")
    measured = [
        WRITTEN.get(metric, "exact_str_match")
        for metric in task.get("metrics", []) or default_metrics(answer_kind)
        if (metric == "choice_score") == (answer_kind == "choices")
    ]
    measured = list(dict.fromkeys(measured)) or [
        "multiple_choice_grade" if answer_kind == "choices" else "exact_str_match"
    ]
    terms = [term for key in ("categories", "domains", "reasoning") for term in task.get(key, [])]
    return {
        "canary": task.get("canary", ""),
        "name": name.removeprefix(before) or name,
        "description": task.get("summary") or task.get("description") or definition,
        "keywords": list(dict.fromkeys(term.lower() for term in terms)),
        "metrics": measured,
        "preferred_score": PREFERRED.get(measured[0], measured[0]),
        "task_prefix": definition,
    }


def _differing_fields(
    task: Document, fields: Document, container: Document | None, *, scored: bool
) -> set[str]:
    """Return the keys in which a task that is read from the fields differs from this one."""
    found = difference(task, head_of(fields, scored=scored, container=container))
    return {*found, *found.get("absent", ())} - {"absent", "extras", "instances", "schema_version"}

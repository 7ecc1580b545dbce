"""What a BIG-bench task file says before its examples, and the same of a task."""

from typing import Any

from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.json_difference import difference, same
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.core.text.slugs import slug
from taskschema.schema.vocabulary import alike, default_metrics, metrics

__all__ = ["GENERATIVE", "RESERVED", "fields_of", "head_of", "is_container", "sound"]

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


def sound(document: Document) -> tuple[Document, dict[str, str]]:
    """The fields whose types are right, or that no one knows; and for each other what it is."""
    wrong = {
        key: f"`{key}` is {json_type(value)}, not {wanted}"
        for key, value in document.items()
        if (wanted := _wanted(key)) and not _fits(key, value)
    }
    fields = {key: value for key, value in document.items() if key not in {*RESERVED, *wrong}}
    return fields, wrong


def is_container(document: Any) -> bool:
    """Whether a file without examples can stand above the parts of a task."""
    if not isinstance(document, dict) or "examples" in document or sound(document)[1]:
        return False
    return bool(document.get("name"))


def _wanted(key: str) -> str:
    if key in TEXTS or key == "canary":
        return "a text"
    return "a list of texts" if key in LISTS else ""


def _fits(key: str, value: Any) -> bool:
    several = isinstance(value, list) and all(isinstance(part, str) for part in value)
    if key in LISTS:
        return several
    return isinstance(value, str) or (key == "canary" and several)


def head_of(fields: Document, *, scored: bool, container: Document | None) -> Document:
    """The task that sound fields begin; without a definition where nothing says one.

    What the task has no word for, or would write otherwise, is kept in `extras.big_bench`.

    Args:
        fields: of the file, `name` among them.
        scored: whether all examples have scored choices.
        container: what stands above the file, where it is one of several parts.
    """
    kind = "choices" if scored else "text"
    head = _named(fields, container) | _described(fields) | _classified(fields.get("keywords", []))
    canary = fields.get("canary", "")
    if canary := canary if isinstance(canary, str) else "\n".join(canary):
        head["canary"] = canary
    if scored:
        head["answer_format"] = {"kind": kind}
    known = metrics()
    read = [METRICS[name] for name in fields.get("metrics", []) if name in METRICS]
    if fitting := [name for name in dict.fromkeys(read) if kind in known[name].kinds]:
        head["metrics"] = fitting
    written = _plain(head, container) if "definition" in head else {}
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
    """The keywords that are terms of ours, each in its vocabulary."""
    found: Document = {}
    for vocabulary in ("categories", "domains", "reasoning"):
        terms = [term for word in keywords for term in alike(vocabulary, word)[:1]]
        if terms:
            found[vocabulary] = list(dict.fromkeys(terms))
    return found


def fields_of(task: Document) -> tuple[Document, Document | None]:
    """The fields of a task, and what stands above them where it is one of several parts.

    What was kept of a file it was read from stands there again, unless it contradicts the task.
    """
    own = task.get("extras", {}).get("big_bench")
    own = own if isinstance(own, dict) else {}
    container = own["container"] if is_container(own.get("container")) else None
    scored = task.get("answer_format", {}).get("kind") == "choices"
    fields = _plain(task, container)
    agrees = _disagreeing(task, fields, container, scored=scored)
    for key, value in sound(own)[0].items():
        with_it = fields | {key: value}
        if (now := _disagreeing(task, with_it, container, scored=scored)) <= agrees:
            fields, agrees = with_it, now
    return fields, container


def _plain(task: Document, container: Document | None) -> Document:
    """The fields as the task alone says them."""
    name, definition = task["name"], task["definition"][0]
    before = f"{slug(container['name'])}." if container else ""
    kind = task.get("answer_format", {}).get("kind", "text")
    measured = [
        WRITTEN.get(metric, "exact_str_match")
        for metric in task.get("metrics", []) or default_metrics(kind)
        if (metric == "choice_score") == (kind == "choices")
    ]
    measured = list(dict.fromkeys(measured)) or [
        "multiple_choice_grade" if kind == "choices" else "exact_str_match"
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


def _disagreeing(
    task: Document, fields: Document, container: Document | None, *, scored: bool
) -> set[str]:
    """What a task would say otherwise that was read from the fields."""
    found = difference(task, head_of(fields, scored=scored, container=container))
    return {*found, *found.get("absent", ())} - {"absent", "extras", "instances", "schema_version"}

"""Facts of a task from its metadata, one line each; missing fields are skipped."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from taskschema.analysis.show.page import LabeledText
from taskschema.core.text.printing import several
from taskschema.dataset.task_metadata import license_class_of
from taskschema.schema import languages, vocabulary
from taskschema.schema.columns import Columns

__all__ = ["facts"]

PARTS = ("instruction", "input", "output")
MOST_LABELS = 30


def facts(columns: Columns, place: str, version: int) -> Iterator[LabeledText]:
    """Yield the facts of a task.

    Args:
        columns: the task.
        place: the path of its file.
        version: the schema version of its file.
    """
    task = columns.task
    yield LabeledText("file", f"{place}, schema version {version}")
    for key in ("summary", "description"):
        if task.get(key):
            yield LabeledText(key, task[key])
    yield LabeledText("size", _size(columns))
    yield LabeledText("answers", "".join(_answers(columns)))
    yield LabeledText("metrics", _metrics(columns))
    for key in ("categories", "domains", "reasoning"):
        if task.get(key):
            yield LabeledText(key, ", ".join(task[key]))
    if tags := _languages(task.get("languages", {})):
        yield LabeledText("languages", tags)
    yield from _people(columns)
    if "provenance" in task:
        yield LabeledText("provenance", _joined(_provenance(task["provenance"])))
    if task.get("aliases"):
        yield LabeledText("aliases", ", ".join(task["aliases"]))
    if "revision" in task:
        yield LabeledText("revision", str(task["revision"]))
    if "evaluation" in task:
        chosen = several(len(task["evaluation"]["instances"]), "instance")
        yield LabeledText("evaluation", f"on {chosen}")
    if "canary" in task:
        yield LabeledText("canary", task["canary"])
    if task.get("extras"):
        yield LabeledText("extras", ", ".join(task["extras"]))


def _size(columns: Columns) -> str:
    positive, negative = (len(rows) for rows in columns.demonstrations.values())
    definitions = several(len(columns.definition), "definition")
    return (
        f"{several(len(columns.instances), 'instance')}, {definitions}, "
        f"{positive:,} positive and {negative:,} negative demonstrations"
    )


def _answers(columns: Columns) -> Iterator[str]:
    answer_format = columns.answer_format
    yield answer_format["kind"]
    if space := columns.label_space if answer_format["kind"] == "label" else None:
        total = len(columns.instances) or 1
        shares = [f"{label} ({count / total:.0%})" for label, count in space.counts.items()]
        rest = len(shares) - MOST_LABELS
        yield f": {', '.join(shares[:MOST_LABELS])}{f', and {rest:,} more' if rest > 0 else ''}"
    if "separator" in answer_format:
        yield f", joined by {json.dumps(answer_format['separator'], ensure_ascii=False)}"
    if "fields" in answer_format:
        named = (f"{name} ({_field(field)})" for name, field in answer_format["fields"].items())
        yield f": {', '.join(named)}"


def _field(field: dict[str, Any]) -> str:
    labels = field.get("labels", ())
    return f"{field['type']}: {' | '.join(labels[:MOST_LABELS])}" if labels else str(field["type"])


def _metrics(columns: Columns) -> str:
    declared = columns.task.get("metrics")
    usual = vocabulary.default_metrics(columns.answer_format["kind"])
    return ", ".join(declared) if declared else f"{', '.join(usual)} (by default)"


def _languages(given: dict[str, list[str]]) -> str:
    names = {part: ", ".join(map(_language, given.get(part, ()))) for part in PARTS}
    if len(set(names.values())) == 1:
        return names["instruction"]
    return "; ".join(f"{part}: {listed}" for part, listed in names.items() if listed)


def _language(tag: str) -> str:
    name = languages.name_of(tag)
    return f"{name} ({tag})" if name else tag


def _people(columns: Columns) -> Iterator[LabeledText]:
    task = columns.task
    for one in task.get("contributors", ()):
        yield LabeledText(
            "contributor", _joined((one["name"], one.get("github"), one.get("orcid")))
        )
    for one in task.get("sources", ()):
        parts = (one["name"], one.get("revision"), one.get("license"), one.get("url"))
        yield LabeledText("source", _joined(parts))
    for one in task.get("licenses", ()):
        spdx = one.get("spdx")
        text = one["text"] if spdx in (None, one["text"]) else f"{one['text']} ({spdx})"
        verified = f"verified by {one['verified_by']}" if one.get("verified_by") else None
        yield LabeledText("licence", _joined((text, one.get("url"), verified)))
    if task.get("licenses"):
        yield LabeledText("licence class", license_class_of(columns))


def _provenance(provenance: dict[str, Any]) -> Iterator[str]:
    yield provenance["method"]
    for key in ("from", "generator", "script"):
        if provenance.get(key):
            yield f"{key} {provenance[key]}"
    if "seed" in provenance:
        yield f"seed {provenance['seed']}"
    for one in provenance.get("conversions", ()):
        yield f"converted from {one['format']} by {one['by']}"


def _joined(parts: Iterable[str | None]) -> str:
    return ", ".join(filter(None, parts))

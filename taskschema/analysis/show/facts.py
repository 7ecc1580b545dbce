"""What a task says of itself in a line each: only what is there."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from taskschema.analysis.show import SheetPassage
from taskschema.core.text.printing import several
from taskschema.dataset.task_metadata import license_class_of
from taskschema.schema import languages, vocabulary
from taskschema.schema.columns import Columns

__all__ = ["facts"]

PARTS = ("instruction", "input", "output")
MOST_LABELS = 30


def facts(columns: Columns, place: str, version: int) -> Iterator[SheetPassage]:
    """The facts of a task whose file is at a place and in that version."""
    task = columns.task
    yield SheetPassage("file", f"{place}, schema version {version}")
    for key in ("summary", "description"):
        if task.get(key):
            yield SheetPassage(key, task[key])
    yield SheetPassage("size", _size(columns))
    yield SheetPassage("answers", "".join(_answers(columns)))
    yield SheetPassage("metrics", _metrics(columns))
    for key in ("categories", "domains", "reasoning"):
        if task.get(key):
            yield SheetPassage(key, ", ".join(task[key]))
    if spoken := _languages(task.get("languages", {})):
        yield SheetPassage("languages", spoken)
    yield from _people(columns)
    if "provenance" in task:
        yield SheetPassage("provenance", _joined(_provenance(task["provenance"])))
    if task.get("aliases"):
        yield SheetPassage("aliases", ", ".join(task["aliases"]))
    if "revision" in task:
        yield SheetPassage("revision", str(task["revision"]))
    if "evaluation" in task:
        chosen = several(len(task["evaluation"]["instances"]), "instance")
        yield SheetPassage("evaluation", f"on {chosen}")
    if "canary" in task:
        yield SheetPassage("canary", task["canary"])
    if task.get("extras"):
        yield SheetPassage("extras", ", ".join(task["extras"]))


def _size(columns: Columns) -> str:
    shown = columns.demonstrations
    positive, negative = (len(rows) for rows in shown.values())
    definitions = several(len(columns.definition), "definition")
    return (
        f"{several(len(columns.instances), 'instance')}, {definitions}, "
        f"{positive:,} positive and {negative:,} negative demonstrations"
    )


def _answers(columns: Columns) -> Iterator[str]:
    form = columns.answer_format
    yield form["kind"]
    if space := columns.label_space if form["kind"] == "label" else None:
        total = len(columns.instances) or 1
        shares = [f"{label} ({count / total:.0%})" for label, count in space.counts.items()]
        rest = len(shares) - MOST_LABELS
        yield f": {', '.join(shares[:MOST_LABELS])}{f', and {rest:,} more' if rest > 0 else ''}"
    if "separator" in form:
        yield f", joined by {json.dumps(form['separator'], ensure_ascii=False)}"
    if "fields" in form:
        named = (f"{name} ({_field(field)})" for name, field in form["fields"].items())
        yield f": {', '.join(named)}"


def _field(field: dict[str, Any]) -> str:
    labels = field.get("labels", ())
    return f"{field['type']}: {' | '.join(labels[:MOST_LABELS])}" if labels else str(field["type"])


def _metrics(columns: Columns) -> str:
    declared = columns.task.get("metrics")
    usual = vocabulary.default_metrics(columns.answer_format["kind"])
    return ", ".join(declared) if declared else f"{', '.join(usual)} (by default)"


def _languages(spoken: dict[str, list[str]]) -> str:
    said = {part: ", ".join(map(_language, spoken.get(part, ()))) for part in PARTS}
    if len(set(said.values())) == 1:
        return said["instruction"]
    return "; ".join(f"{part}: {tags}" for part, tags in said.items() if tags)


def _language(tag: str) -> str:
    name = languages.name_of(tag)
    return f"{name} ({tag})" if name else tag


def _people(columns: Columns) -> Iterator[SheetPassage]:
    task = columns.task
    for one in task.get("contributors", ()):
        yield SheetPassage(
            "contributor", _joined((one["name"], one.get("github"), one.get("orcid")))
        )
    for one in task.get("sources", ()):
        parts = (one["name"], one.get("revision"), one.get("license"), one.get("url"))
        yield SheetPassage("source", _joined(parts))
    for one in task.get("licenses", ()):
        spdx = one.get("spdx")
        text = one["text"] if spdx in (None, one["text"]) else f"{one['text']} ({spdx})"
        verified = f"verified by {one['verified_by']}" if one.get("verified_by") else None
        yield SheetPassage("licence", _joined((text, one.get("url"), verified)))
    if task.get("licenses"):
        yield SheetPassage("licence class", license_class_of(columns))


def _provenance(made: dict[str, Any]) -> Iterator[str]:
    yield made["method"]
    for key in ("from", "generator", "script"):
        if made.get(key):
            yield f"{key} {made[key]}"
    if "seed" in made:
        yield f"seed {made['seed']}"
    for one in made.get("conversions", ()):
        yield f"converted from {one['format']} by {one['by']}"


def _joined(parts: Iterable[str | None]) -> str:
    return ", ".join(filter(None, parts))

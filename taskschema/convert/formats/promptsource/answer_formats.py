"""Answer formats and metrics of tasks made from templates."""

from collections.abc import Callable, Iterable
from typing import Any

from taskschema.convert.formats.promptsource.round_trip import METRICS, OWN
from taskschema.convert.formats.promptsource.template_files import TemplateEntry, TemplateFile
from taskschema.convert.formats.promptsource.templates import CHOICES, TemplatePrompt
from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.row_fields import other_fields
from taskschema.convert.shared.rows.taskschema_column import COLUMN

__all__ = ["with_answer_format"]

OF_CHOICES = {"exact_match": "choice_score"}


def with_answer_format(
    task: Document, file: TemplateFile, entry: TemplateEntry, prompt: TemplatePrompt
) -> Document:
    """Return the task with the answer format, metrics, source and extras of its template."""
    instances = task["instances"]
    fixed = prompt.fixed or []
    metric_of = METRICS
    if _all_among_choices(instances, lambda _instance: fixed):
        task["answer_format"] = {"kind": "label", "labels": list(dict.fromkeys(fixed))}
    elif not fixed and _all_among_choices(instances, _choices):
        task["answer_format"] = {"kind": "choices"}
        task["instances"] = [_with_choices(instance) for instance in instances]
        metric_of = {
            name: OF_CHOICES[metric] for name, metric in METRICS.items() if metric in OF_CHOICES
        }
    metrics = (entry.fields.get("metadata") or {}).get("metrics")
    if isinstance(metrics, list):
        fitting = [
            metric_of[name] for name in metrics if isinstance(name, str) and name in metric_of
        ]
        if fitting:
            task["metrics"] = list(dict.fromkeys(fitting))
    task.setdefault("sources", [{"name": file.dataset}])
    task["extras"] = {OWN: other_fields(file.document, ("templates", COLUMN)) | entry.fields}
    return task


def _all_among_choices(
    instances: Iterable[Document], choices_of: Callable[[Document], Iterable[Any]]
) -> bool:
    """Return whether each answer is one of the choices of its instance."""
    return all(set(choices_of(instance)).issuperset(instance["output"]) for instance in instances)


def _choices(instance: Document) -> list[str]:
    choices: list[str] = instance.get("extras", {}).get(OWN, {}).get(CHOICES, [])
    return choices


def _with_choices(instance: Document) -> Document:
    """Return the instance with its choices as answer; correct ones score 1, others 0."""
    answer = [
        {"text": text, "score": int(text in instance["output"])}
        for text in dict.fromkeys(_choices(instance))
    ]
    outputs = [choice["text"] for choice in answer if choice["score"]]
    return other_fields(instance, ("extras",)) | {"output": outputs, "answer": answer}

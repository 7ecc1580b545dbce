"""What a template says of the answers to it, as the answer format and the metrics of its task."""

from collections.abc import Callable, Iterable
from typing import Any

from taskschema.convert.formats.promptsource.files import TemplateEntry, TemplateFile
from taskschema.convert.formats.promptsource.own import METRICS, OWN
from taskschema.convert.formats.promptsource.templates import CHOICES, TemplatePrompt
from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.row_fields import other_fields
from taskschema.convert.shared.rows.taskschema_column import COLUMN

__all__ = ["finished"]

OF_CHOICES = {"exact_match": "choice_score"}


def finished(
    task: Document, file: TemplateFile, entry: TemplateEntry, prompt: TemplatePrompt
) -> Document:
    """The task of a template with all that the template says of it."""
    instances = task["instances"]
    fixed = prompt.fixed or []
    ours = METRICS
    if _chosen(instances, lambda _instance: fixed):
        task["answer_format"] = {"kind": "label", "labels": list(dict.fromkeys(fixed))}
    elif not fixed and _chosen(instances, _choices):
        task["answer_format"] = {"kind": "choices"}
        task["instances"] = [_with_choices(instance) for instance in instances]
        ours = {
            name: OF_CHOICES[metric] for name, metric in METRICS.items() if metric in OF_CHOICES
        }
    metrics = (entry.fields.get("metadata") or {}).get("metrics")
    if isinstance(metrics, list):
        fitting = [ours[name] for name in metrics if isinstance(name, str) and name in ours]
        task |= {"metrics": list(dict.fromkeys(fitting))} if fitting else {}
    task.setdefault("sources", [{"name": file.dataset}])
    task["extras"] = {OWN: other_fields(file.document, ("templates", COLUMN)) | entry.fields}
    return task


def _chosen(instances: Iterable[Document], choices_of: Callable[[Document], Iterable[Any]]) -> bool:
    """Whether each answer is one of the choices."""
    return all(set(choices_of(instance)).issuperset(instance["output"]) for instance in instances)


def _choices(instance: Document) -> list[str]:
    choices: list[str] = instance.get("extras", {}).get(OWN, {}).get(CHOICES, [])
    return choices


def _with_choices(instance: Document) -> Document:
    """The instance with its choices as its answer; those that are right have the score 1."""
    answer = [
        {"text": text, "score": int(text in instance["output"])}
        for text in dict.fromkeys(_choices(instance))
    ]
    outputs = [choice["text"] for choice in answer if choice["score"]]
    return other_fields(instance, ("extras",)) | {"output": outputs, "answer": answer}

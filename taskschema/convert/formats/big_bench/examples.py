"""BIG-bench examples and instances, converted into each other."""

from typing import Any, NamedTuple

from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.json_difference import same
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.core.syntax.json_pointers import escape
from taskschema.schema.answer_text import render

__all__ = ["ExampleFault", "example_of", "instance_of"]

CHOICES = {"kind": "choices"}
KNOWN = ("input", "target", "target_scores", "taskschema")


class ExampleFault(NamedTuple):
    """A problem of an example."""

    pointer: str
    """The JSON Pointer in the example."""
    rule: str
    message: str


def instance_of(example: Any, *, scored: bool, implied: bool) -> Document | ExampleFault:
    """Return the instance of an example, without an id.

    Args:
        example: a value of `examples` in the file.
        scored: whether all examples have scored choices; if not, scores are kept in the extras.
        implied: whether targets that equal the best choices are implied, because the metrics
            also compare texts.
    """
    if not isinstance(example, dict):
        message = f"is {json_type(example)}, not an object with fields. Fix it or remove it."
        return ExampleFault("", "wrong-shape", message)
    targets = _targets(example)
    answer = _answer(example)
    for found in (_input(example), targets, answer):
        if isinstance(found, ExampleFault):
            return found
    if not targets and not answer:
        message = (
            "has neither `target` nor `target_scores`. Write the answer or remove the example."
        )
        return ExampleFault("", "missing-answer", message)
    instance: Document = {"input": example["input"]}
    kept = {key: value for key, value in example.items() if key not in KNOWN}
    if scored and answer:
        best = render(CHOICES, answer)
        instance |= {"output": best, "answer": answer}
        if targets and not (implied and targets == best):
            kept["target"] = example["target"]
    else:
        instance["output"] = targets or render(CHOICES, answer)
        if answer:
            kept["target_scores"] = example["target_scores"]
    if isinstance(kept.get("id"), str):
        instance["source_id"] = kept.pop("id")
    return instance | ({"extras": {"big_bench": kept}} if kept else {})


def _input(example: Document) -> ExampleFault | None:
    if "input" not in example:
        return ExampleFault("", "wrong-shape", "has no `input`. Add it.")
    if not isinstance(example["input"], str):
        message = f"`input` is {json_type(example['input'])}, not a text. Write it as one."
        return ExampleFault("/input", "wrong-shape", message)
    return None


def _targets(example: Document) -> list[str] | ExampleFault:
    value = example.get("target", [])
    targets = [value] if isinstance(value, str) else value
    if not isinstance(targets, list) or not all(isinstance(part, str) for part in targets):
        message = f"`target` is {json_type(value)}, not a text or a list of texts. Write it as one."
        return ExampleFault("/target", "wrong-shape", message)
    if "taskschema" not in example and "target" in example and not any(map(str.strip, targets)):
        message = "`target` is blank. Write the answer or remove the example."
        return ExampleFault("/target", "missing-answer", message)
    return targets


def _answer(example: Document) -> list[Document] | ExampleFault:
    scores = example.get("target_scores")
    if "target_scores" not in example:
        return []
    if not isinstance(scores, dict):
        message = (
            f"`target_scores` is {json_type(scores)}, not an object of choices and scores. "
            "Write one."
        )
        return ExampleFault("/target_scores", "wrong-shape", message)
    if not scores:
        message = "`target_scores` has no choices. Write them or remove the example."
        return ExampleFault("/target_scores", "missing-answer", message)
    for choice, score in scores.items():
        if isinstance(score, bool) or not isinstance(score, int | float):
            message = f"the score of a choice is {json_type(score)}, not a number. Write a number."
            return ExampleFault(f"/target_scores{escape(choice)}", "wrong-shape", message)
    return [{"text": choice, "score": score} for choice, score in scores.items()]


def example_of(
    instance: Document, *, scored: bool, implied: bool, with_scores: bool = True
) -> Document:
    """Return the example of an instance, with the fields kept from reading where they still fit.

    Args:
        instance: an instance of the task.
        scored: whether the answers of the task are scored choices.
        implied: whether the metrics need targets next to the choices.
        with_scores: whether scores that were kept from some examples are written back.
    """
    example: Document = {"input": instance["input"]}
    if scored:
        answer = instance["answer"]
        example["target_scores"] = {choice["text"]: choice["score"] for choice in answer}
        if implied:
            example["target"] = _target(render(CHOICES, answer))
    else:
        example["target"] = _target(instance["output"])
    if "source_id" in instance:
        example["id"] = instance["source_id"]
    kept = instance.get("extras", {}).get("big_bench")
    if not isinstance(kept, dict) or not kept:
        return example
    only = {key: value for key, value in example.items() if key != "target"}
    for base in (example, only):
        again = base | kept
        if "target_scores" in kept and not with_scores:
            continue
        have = instance_of(again, scored=scored, implied=implied)
        if isinstance(have, ExampleFault) or have["output"] != instance["output"]:
            continue
        if same(have.get("extras", {}).get("big_bench", {}), kept):
            return again
    return example


def _target(outputs: list[str]) -> str | list[str]:
    return outputs[0] if len(outputs) == 1 else outputs

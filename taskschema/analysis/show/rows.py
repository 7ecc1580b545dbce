"""Rows of a task on a page: finds an instance, and makes the entry of a row."""

import json
from collections.abc import Iterator
from typing import Any

from taskschema.analysis.show.page import LabeledText, PageEntry
from taskschema.core.errors import ConfigError
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import printable, quote, several
from taskschema.schema.columns import Columns

__all__ = ["instance_index", "row_entry"]

POINTER = "/instances/"
DIGITS = 9  # more than any number of instances has


def instance_index(columns: Columns, requested: str) -> int:
    """Return the index of an instance given by id, by number from 0, or as `/instances/0`.

    Raises:
        ConfigError: the instance does not exist; the message gives the range or the nearest id.
    """
    ids = columns.ids
    if requested in ids:
        return ids.index(requested)
    number = requested.strip().removeprefix(POINTER)
    if not ids:
        raise ConfigError("the task has no instances. Remove --instance and --view.")
    last = len(ids) - 1
    if number.isascii() and number.removeprefix("-").isdigit():
        if number.isdigit() and len(number) <= DIGITS and int(number) <= last:
            return int(number)
        existing = f"has {several(len(ids), 'instance')}, numbered from 0 to {last}"
        raise ConfigError(f"--instance: there is no {printable(requested)}. The task {existing}.")
    misses = near_misses(requested, ids)
    nearest = " or ".join(f"`{printable(one)}`" for one in misses)
    fix = f"Did you mean {nearest}?" if misses else f"Give an id, or a number from 0 to {last}."
    raise ConfigError(f"--instance: no instance has the id {printable(quote(requested))}. {fix}")


def row_entry(row: dict[str, Any], number: int, *, is_whole: bool = False) -> PageEntry:
    """Return the entry of a row: context, input, outputs, answer and explanation.

    Args:
        row: an instance or a demonstration.
        number: its index, from 0.
        is_whole: whether to include fields for programs, such as `extras`.
    """
    title = f"{number}  {row['id']}" if "id" in row else f"{number}"
    texts = [LabeledText(turn["role"], turn["content"]) for turn in row.get("context", ())]
    texts.append(LabeledText("input", row["input"]))
    outputs = [row["output"]] if isinstance(row["output"], str) else row["output"]
    words = ("output", *("or" for _ in outputs[1:]))
    texts += map(LabeledText, words, outputs)
    texts += _answer(row.get("answer"))
    texts += [LabeledText(key, row[key]) for key in ("explanation", "suggestion") if row.get(key)]
    if row.get("attachments"):
        texts.append(LabeledText("attachments", ", ".join(row["attachments"])))
    if is_whole and "source_id" in row:
        texts.append(LabeledText("source id", row["source_id"]))
    if is_whole and row.get("extras"):
        texts.append(LabeledText("extras", json.dumps(row["extras"], ensure_ascii=False)))
    return PageEntry(title, texts)


def _answer(answer: Any) -> Iterator[LabeledText]:
    """Yield the fields or choices of a structured answer."""
    if isinstance(answer, dict):
        for name, values in answer.items():
            yield LabeledText("field", f"{name}: {' | '.join(values)}")
    elif answer and isinstance(answer[0], dict):
        for one in answer:
            yield LabeledText("choice", f"{one['text']} (score {one['score']:g})")

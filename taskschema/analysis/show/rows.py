"""The rows of a task for a reader: which instance is meant, and what an entry of a row says."""

import json
from collections.abc import Iterator
from typing import Any

from taskschema.analysis.show import SheetEntry, SheetPassage
from taskschema.core.errors import ConfigError
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import printable, quote, several
from taskschema.schema.columns import Columns

__all__ = ["entry", "index_of"]

POINTER = "/instances/"
DIGITS = 9  # no task has so many instances


def index_of(columns: Columns, wanted: str) -> int:
    """The index of an instance, by its id, by its number from 0, or as `/instances/0`.

    Raises:
        ConfigError: there is no such instance; it says which there are, or names a near miss.
    """
    ids = columns.ids
    if wanted in ids:
        return ids.index(wanted)
    number = wanted.strip().removeprefix(POINTER)
    if not ids:
        raise ConfigError("the task has no instances. Leave out --instance and --view.")
    last = len(ids) - 1
    if number.isascii() and number.removeprefix("-").isdigit():
        if number.isdigit() and len(number) <= DIGITS and int(number) <= last:
            return int(number)
        there = f"has {several(len(ids), 'instance')}, numbered from 0 to {last}"
        raise ConfigError(f"--instance: there is no {printable(wanted)}. The task {there}.")
    misses = near_misses(wanted, ids)
    meant = " or ".join(f"`{printable(one)}`" for one in misses)
    cure = f"Did you mean {meant}?" if misses else f"Give an id, or a number from 0 to {last}."
    raise ConfigError(f"--instance: no instance has the id {printable(quote(wanted))}. {cure}")


def entry(row: dict[str, Any], number: int, *, is_whole: bool = False) -> SheetEntry:
    """What a row says: the turns before, its input, what is answered and why.

    Args:
        row: an instance or a demonstration.
        number: its place, from 0.
        is_whole: also what only programs read.
    """
    title = f"{number}  {row['id']}" if "id" in row else f"{number}"
    passages = [SheetPassage(turn["role"], turn["content"]) for turn in row.get("context", ())]
    passages.append(SheetPassage("input", row["input"]))
    outputs = [row["output"]] if isinstance(row["output"], str) else row["output"]
    words = ("output", *("or" for _ in outputs[1:]))
    passages += map(SheetPassage, words, outputs)
    passages += _answer(row.get("answer"))
    passages += [
        SheetPassage(key, row[key]) for key in ("explanation", "suggestion") if row.get(key)
    ]
    if row.get("attachments"):
        passages.append(SheetPassage("attachments", ", ".join(row["attachments"])))
    if is_whole and "source_id" in row:
        passages.append(SheetPassage("source id", row["source_id"]))
    if is_whole and row.get("extras"):
        passages.append(SheetPassage("extras", json.dumps(row["extras"], ensure_ascii=False)))
    return SheetEntry(title, passages)


def _answer(answer: Any) -> Iterator[SheetPassage]:
    """The structure behind the outputs, where it says more than they do."""
    if isinstance(answer, dict):
        for name, values in answer.items():
            yield SheetPassage("field", f"{name}: {' | '.join(values)}")
    elif answer and isinstance(answer[0], dict):
        for one in answer:
            yield SheetPassage("choice", f"{one['text']} (score {one['score']:g})")

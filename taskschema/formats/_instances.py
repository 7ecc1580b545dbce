"""Rows that give back their instances whole, and with them the answer format of their task.

What the fields of a row do not say of its instance stands in the part of the row that is ours,
under `instance`; the answer format, without which no structured answer is one, under
`answer_format`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from taskschema.formats import Counted, Document, Loss, Options, Piece, Place, Problem, Source
from taskschema.formats._carried import LOSES, carrier, spoken
from taskschema.formats._difference import difference, is_row, overlaid, same
from taskschema.formats._fields import rest
from taskschema.formats._loose import GENERIC, NOT_OURS
from taskschema.schema import NEWEST, fits

__all__ = [
    "FORMATTED",
    "LOSES_OF_TASKS",
    "Formats",
    "answered",
    "column_for",
    "plain_of",
    "restored",
    "shared_by",
]

FORMATTED, INSTANCE = "answer_format", "instance"
Formats: TypeAlias = dict[str, Any]
"""The answer format of each task that was read, by its name; None where it has none."""

KEPT = ("answer", "context", "extras", "source_id")
LOSES_OF_TASKS: dict[str, Loss] = rest(
    LOSES, (f"/{FORMATTED}", *(f"/instances/*/{key}" for key in KEPT))
)
"""What such rows lose: nothing of instances but their attachments, which are the task's."""


def shared_by(task: Document, options: Options) -> Document:
    """What all rows of a task carry; empty for bare rows."""
    shared = carrier(task, options)
    return shared | {FORMATTED: task[FORMATTED]} if shared and FORMATTED in task else shared


def plain_of(task: Document, instance: Document) -> tuple[str | None, Document]:
    """Instruction and instance as a row says them; None where there is none to be said.

    Nobody needs to be told the definition that loose rows have in common.
    """
    instruction, text = spoken(task, instance)
    plain = rest(instance, ("attachments",)) | {"input": text}
    if text != instance["input"]:
        plain["extras"] = rest(instance["extras"], ("instruction",))
        return instruction, plain
    return instruction if instruction not in ("", GENERIC) else None, plain


def column_for(
    shared: Document, task: Document, instance: Document, base: Document, *, is_silent: bool
) -> Document:
    """What a row carries.

    Args:
        shared: what all rows of the task carry.
        task: whose row it is.
        instance: whose row it is.
        base: what a reader makes of the fields of the row.
        is_silent: whether these do not say the definition.
    """
    _, plain = plain_of(task, instance)
    column = shared | {"id": instance["id"]}
    if is_silent or plain["input"] != instance["input"]:
        column["definition"] = task["definition"][0]
    changed = difference(plain, base)
    return column | ({INSTANCE: changed} if changed else {})


def restored(place: Place, base: Document, carried: Any, formats: Formats) -> Document | Problem:
    """The instance of a row; the answer format of its task is put into `formats`.

    Args:
        place: of what the row carries.
        base: what the fields of the row say.
        carried: what the row carries, which may be anything.
        formats: those known so far.
    """
    changed = carried.get(INSTANCE, {}) if isinstance(carried, dict) else None
    if not isinstance(changed, dict):
        return Problem(place, "wrong-shape", NOT_OURS)
    instance = overlaid(base, changed)
    if isinstance(name := carried.get("task"), str):
        format_ = carried.get(FORMATTED)
        head = {} if format_ is None else {FORMATTED: format_}
        known = formats.setdefault(name, format_)
        if not same(known, format_) or not is_row({"id": "a"} | instance, head):
            return Problem(place, "wrong-shape", NOT_OURS)
    return instance


def answered(
    pieces: Iterable[Piece],
    source: Source,
    formats: Formats,
    otherwise: Callable[[Document], Document] = lambda task: task,
) -> Iterator[Piece]:
    """The pieces with the answer formats of the tasks.

    Args:
        pieces: what became of the rows.
        source: of the rows.
        formats: of the tasks that come out.
        otherwise: makes a task of one that has no answer format there.
    """
    for piece in pieces:
        if not isinstance(piece, dict):
            yield piece
            continue
        if piece["name"] not in formats:
            task = otherwise(piece)
        elif (format_ := formats[piece["name"]]) is not None:
            task = piece | {FORMATTED: format_}
        else:
            task = piece
        if fits(task, NEWEST):
            yield task
        else:
            yield Problem(source.place(), "wrong-shape", f"task `{task['name']}`: {NOT_OURS}")
            yield Counted(0, 0, len(task["instances"]))

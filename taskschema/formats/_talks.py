"""Conversations as instances, for formats whose rows list the turns of one.

The first turn is the definition if the system speaks it, and the last one the answer. The turn
before the answer is the input if the user or a tool speaks it; else the input is empty. All turns
between are the context. Where an instance has neither context nor input, its definition is written
as the turn of the user, since an empty one would say nothing; and the definition that loose rows
have in common is not written at all.

What turns hold beside speaker and text stands in `extras` of the instance under the name of the
format, in lists that are called like those of the row: one object for each turn, and null where the
input is no turn.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from taskschema.formats import Beside, Document, Loss, Options, Place, Problem, Source, documents
from taskschema.formats._carried import (
    COLUMN,
    carried,
    carrier,
    column_of,
    foreign,
    parted,
    spoken,
    with_extras,
)
from taskschema.formats._fields import rest, rows_of
from taskschema.formats._loose import GENERIC, Loose
from taskschema.formats._turns import Dialect, Turn, turns_of

__all__ = ["Layout", "losses", "read_rows", "written_rows"]

Details: TypeAlias = list[Document | None]
REJECTED = (
    "`label` is false, so the answer is one that is not wanted, and no output. Leave the row out."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the rows of a format hold a conversation."""

    name: str
    """Of the format."""
    keys: tuple[str, ...]
    """The fields that list turns; those of one follow those of the field before."""
    dialect: Dialect
    has_id: bool = False
    """Whether rows have a field `id`."""

    @property
    def known(self) -> tuple[str, ...]:
        """The fields that are not kept as they stand."""
        return (*self.keys, COLUMN)


class Talk(NamedTuple):
    """A conversation as an instance has it."""

    instruction: str | None
    """None where the system does not speak first."""
    context: list[Document]
    input: str
    output: str
    details: Details
    """One for each turn."""


Reading: TypeAlias = Callable[[Place, Document], Loose | Problem | None]
Writing: TypeAlias = Callable[[Document, Document, Document], Document | None]


def read_rows(
    source: Source, layout: Layout, otherwise: Reading = lambda _place, _row: None
) -> Iterator[Loose | Problem]:
    """The rows of a file; it is told once that calls were taken as texts.

    Args:
        source: the file.
        layout: of its rows.
        otherwise: makes something of the rows that hold no list of turns; None of all others.
    """
    is_told = False
    for found in rows_of(source):
        if isinstance(found, Problem):
            yield found
            continue
        place, row = found
        if made := otherwise(place, row):
            yield made
            continue
        parts = [turns_of(place, row, key, layout.dialect) for key in layout.keys]
        if problem := next((part for part in parts if isinstance(part, Problem)), None):
            yield problem
            continue
        turns = [part for part in parts if not isinstance(part, Problem)]
        if not is_told and any(turn.is_call for turn in chain(*turns)):
            is_told = True
            message = (
                "has a call of a tool and no text beside it; the call was taken as its JSON, here "
                "and in all rows after this one."
            )
            yield Problem(place, "assumed", message, refuses=False)
        yield _loose(place, row, turns, layout)


def _loose(place: Place, row: Document, parts: list[list[Turn]], layout: Layout) -> Loose | Problem:
    turns = list(chain(*parts))
    if not turns or turns[-1].role != "assistant":
        message = "has no turns. Write them, or leave the row out."
        if turns:
            message = (
                f"ends with a turn of the {turns[-1].role}, not with an answer. Write the answer, "
                "or leave the row out."
            )
        return Problem(place, "missing-answer", message)
    if row.get("label") is False:
        return Problem(place, "missing-answer", REJECTED)
    column = column_of(row)
    talk = _heard(turns, layout.dialect, column)
    instruction = talk.instruction
    text: str | None = talk.input
    if instruction is None and "instruction" in column:
        instruction = column["instruction"]
        text = parted(instruction, talk.input)
        if text is None:
            message = (
                f"does not begin with the instruction that `{COLUMN}` names. Write it there again, "
                f"or leave `{COLUMN}` out."
            )
            return Problem(place, "wrong-shape", message)
    instance: Document = {"input": text, "output": [talk.output]}
    if talk.context:
        instance["context"] = talk.context
    own = rest(row, layout.known)
    if layout.has_id and isinstance(own.get("id"), str):
        instance = {"id": own.pop("id")} | instance
    if extras := own | _split(talk.details, len(parts[-1]), layout):
        instance["extras"] = {layout.name: extras}
    return Loose(place=place, instruction=instruction or "", instance=instance, column=column)


def _heard(turns: list[Turn], dialect: Dialect, column: Document) -> Talk:
    *before, answer = turns
    instruction = before[0].text if before and before[0].role == "system" else None
    # An empty turn of the system is the definition only where a task of ours has an empty one.
    if not instruction and ("task" not in column or "definition" in column):
        instruction = None
    earlier = before[instruction is not None :]
    details: Details = [turn.detail for turn in before]
    text = ""
    if earlier and earlier[-1].role in ("user", "tool"):
        asked = earlier.pop()
        text = asked.text
        if asked.role == "tool":
            # What stands in the place of the user's turn is else taken as that.
            details[-1] = {dialect.speaker: dialect.written["tool"]} | asked.detail
    else:
        details.append(None)
    context: list[Document] = [{"role": turn.role, "content": turn.text} for turn in earlier]
    return Talk(instruction, context, text, answer.text, [*details, answer.detail])


def written_rows(
    items: Iterable[Document | Beside],
    options: Options,
    layout: Layout,
    otherwise: Writing = lambda _shared, _task, _instance: None,
) -> Iterator[tuple[Document, Document] | Problem]:
    """Each row with its task.

    Args:
        items: what is to be written.
        options: whether rows are bare.
        layout: of the rows.
        otherwise: given what rows share, a task and an instance, the row of an instance that is
            not to be a list of turns; None of all others.
    """
    for task in documents(items):
        shared = carrier(task, options)
        for index, instance in enumerate(task["instances"]):
            row = otherwise(shared, task, instance)
            if row is None:
                row, fits = _row(shared, task, instance, layout)
                if not fits:
                    yield _unfitting(task, index, layout)
            own = foreign(instance, layout.name, layout.known)
            head = {"id": instance["id"]} if layout.has_id else {}
            column = {COLUMN: row.pop(COLUMN)} if COLUMN in row else {}
            yield task, head | row | own | column


def _row(
    shared: Document, task: Document, instance: Document, layout: Layout
) -> tuple[Document, bool]:
    """The row, and whether what `extras` tells of its turns is true of them."""
    dialect, (instruction, text) = layout.dialect, spoken(task, instance)
    context, output = instance.get("context", []), instance["output"][0]
    parts = _parts(instance.get("extras", {}).get(layout.name), layout)
    details = list(chain(*parts))
    is_common = text == instance["input"] and instruction in ("", GENERIC)
    begins_otherwise = bool(context) and context[0]["role"] == "system" and context[0]["content"]
    has_system = not is_common or begins_otherwise or len(details) == len(context) + 3
    in_one = has_system and not (context or text or details)
    if in_one:
        text, has_system = instruction, False
    turns: Details = [dialect.turn("system", instruction)] if has_system else []
    turns += [dialect.turn(turn["role"], turn["content"]) for turn in context]
    turns += [dialect.turn("user", text), dialect.turn("assistant", output)]
    column = carried(shared, task, instance, in_one=in_one)
    if column and not has_system and not in_one:
        column[COLUMN]["definition"] = task["definition"][0]
    meant = Talk(instruction if has_system else None, context, text, output, details)
    last, told = 1, _overlaid(turns, meant, dialect, column.get(COLUMN, {}))
    if told:
        last = sum(detail is not None for detail in parts[-1])
    listed = [turn for turn in told or turns if turn is not None]
    ends = {layout.keys[-1]: listed[-last:]} if len(layout.keys) > 1 else {}
    return {layout.keys[0]: listed[:-last] if ends else listed} | ends | column, (
        bool(told) or not details
    )


def _overlaid(plain: Details, meant: Talk, dialect: Dialect, column: Document) -> Details:
    """The turns with what is told of them; empty where they would then not be those meant."""
    if len(meant.details) != len(plain):
        return []
    turns: Details = [
        None if turn is None or detail is None else turn | detail
        for turn, detail in zip(plain, meant.details, strict=True)
    ]
    again = turns_of(Place(Path()), {"": [turn for turn in turns if turn]}, "", dialect)
    if isinstance(again, Problem) or not again or again[-1].role != "assistant":
        return []
    return turns if _heard(again, dialect, column) == meant else []


def _split(details: Details, last: int, layout: Layout) -> Document:
    """The details by the fields whose turns they are; empty where they say nothing."""
    in_two = len(layout.keys) > 1
    if all(detail == {} for detail in details) and not (in_two and last > 1):
        return {}
    if not in_two:
        last = len(details)
    elif last > 1 and details[-2] is None:
        last += 1
    parts = [details[:-last], details[-last:]][-len(layout.keys) :]
    return dict(zip(layout.keys, parts, strict=True))


def _parts(own: Any, layout: Layout) -> list[Details]:
    """The details by fields, as `_split` made them; empty where these are not usable."""
    if not isinstance(own, dict):
        return []
    parts = [own.get(key) for key in layout.keys]
    are_lists = all(
        isinstance(part, list) and all(one is None or isinstance(one, dict) for one in part)
        for part in parts
    )
    if not are_lists or not parts[-1]:
        return []
    return [part for part in parts if part is not None]


def _unfitting(task: Document, index: int, layout: Layout) -> Problem:
    """What to say of an instance whose turns are no longer those that `extras` tells of."""
    place = Place(Path(task["name"]), pointer=f"/instances/{index}/extras/{layout.name}")
    message = (
        "tells of turns that are others now, and is not written with them. Take it out, or change "
        "it as the texts were changed."
    )
    return Problem(place, "not-kept", message, refuses=False)


def losses(layout: Layout) -> dict[str, Loss]:
    """What rows of this layout lose."""
    loses = with_extras(layout.name, layout.known)
    loses.pop("/instances/*/context")
    plain = loses["/instances/*/extras"]

    def is_hurt(extras: Document) -> bool:
        own = extras.get(layout.name)
        parts = _parts(own, layout)
        if not isinstance(own, dict) or not parts or all(one == {} for one in chain(*parts)):
            return plain.when(extras)
        others = rest(own, layout.keys)
        left = rest(extras, (layout.name,))
        return plain.when(left | ({layout.name: others} if others else {}))

    return loses | {"/instances/*/extras": Loss(plain.what, is_hurt)}

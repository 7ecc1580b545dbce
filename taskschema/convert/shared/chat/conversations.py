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

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from taskschema.convert.format import ConvertOptions
from taskschema.convert.pieces import (
    Chunk,
    CompanionFile,
    ConversionSource,
    Document,
    Place,
    Problem,
    tasks_in,
)
from taskschema.convert.shared.chat.turns import (
    Conversation,
    Details,
    Dialect,
    Turn,
    conversation_of,
    details_by_field,
    details_in,
    turns_of,
)
from taskschema.convert.shared.rows.row_fields import fields_of, other_fields
from taskschema.convert.shared.rows.tasks_from_rows import GENERIC_DEFINITION, ForeignRow
from taskschema.convert.shared.rows.taskschema_column import (
    COLUMN,
    kept_fields,
    read_column,
    row_column,
    task_column,
)
from taskschema.convert.shared.sources.data_rows import rows_of
from taskschema.schema.row_instructions import parted, spoken, together

__all__ = ["ChatLayout", "read_rows", "written_rows"]

TEXT = "text"
ASIDE = {"tools", "images", "videos", "audios"}
SOURCES = {"source", "dataset"}
REJECTED = (
    "`label` is false, so the answer is one that is not wanted, and no output. Leave the row out."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatLayout:
    """How the rows of a format hold a conversation."""

    name: str
    """Of the format."""
    keys: tuple[str, ...]
    """The fields that list turns; those of one follow those of the field before."""
    dialect: Dialect
    opening: str = ""
    """The field that may hold what the system says before all turns."""
    has_id: bool = False
    """Whether rows have a field `id`."""
    has_source: bool = False
    """Whether rows name the data set they are from: what we write is from the task."""
    takes_texts: bool = False
    """Whether the fields may be the texts of one turn each, of the user and of the assistant."""

    @property
    def known(self) -> tuple[str, ...]:
        """The fields that are not kept as they stand."""
        return (*self.keys, COLUMN)


def read_rows(source: ConversionSource, layout: ChatLayout) -> Iterator[ForeignRow | Problem]:
    """The rows of a file; it is told once that calls were taken as texts."""
    is_told, aside = False, set[str]()
    for found in rows_of(source):
        if isinstance(found, Problem):
            yield found
            continue
        place, row = found
        parts = _turns_in(place, row, layout)
        if isinstance(parts, Problem):
            yield parts
            continue
        if not is_told and any(turn.is_call for turn in chain(*parts)):
            is_told = True
            message = (
                "has a call of a tool and no text beside it; the call was taken as its JSON, here "
                "and in all rows after this one."
            )
            yield Problem(place, "assumed", message, refuses=False)
        for key in ASIDE & row.keys() - aside:
            if row[key]:
                aside.add(key)
                message = (
                    f"`{key}` is kept in `extras`, and is no part of the input. Write what it says "
                    "into the turns if answers depend on it."
                )
                yield Problem(place, "assumed", message, refuses=False)
        yield _loose(place, row, parts, layout)


def _turns_in(place: Place, row: Document, layout: ChatLayout) -> list[list[Turn]] | Problem:
    """The turns of each field, or the first thing wrong with them."""
    if _has_texts(row, layout):
        roles = ("user", "assistant")
        texts = fields_of(place, row, layout.keys)
        if isinstance(texts, Problem):
            return texts
        return [
            [Turn(role, texts[key], {}, is_call=False)]
            for role, key in zip(roles, layout.keys, strict=True)
        ]
    parts = []
    for key in layout.keys:
        part = turns_of(place, row, key, layout.dialect)
        if isinstance(part, Problem):
            return part
        parts.append(part)
    opening = row.get(layout.opening)
    if opening and isinstance(opening, str) and [turn.role for turn in parts[0][:1]] != ["system"]:
        parts[0].insert(0, Turn("system", opening, {}, is_call=False))
    return parts


def _has_texts(row: Document, layout: ChatLayout) -> bool:
    return layout.takes_texts and any(isinstance(row.get(key), str) for key in layout.keys)


def _loose(
    place: Place, row: Document, parts: list[list[Turn]], layout: ChatLayout
) -> ForeignRow | Problem:
    turns = list(chain(*parts))
    if not parts[-1] or turns[-1].role != "assistant":
        last = f"ends with a turn of the {turns[-1].role}, not with an answer" if parts[-1] else ""
        message = last or f"has no turns in `{layout.keys[-1]}`"
        cure = "Write the answer, or leave the row out."
        return Problem(place, "missing-answer", f"{message}. {cure}")
    if row.get("label") is False:
        return Problem(place, "missing-answer", REJECTED)
    column = read_column(row)
    talk = conversation_of(turns, layout.dialect, column)
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
    own = other_fields(row, layout.known) | details_by_field(
        talk.details, len(parts[-1]), layout.keys
    )
    if _has_texts(row, layout):
        own[layout.keys[0]] = TEXT
    elif len(parts[0]) > len(row[layout.keys[0]]):
        own.pop(layout.opening)
    if layout.has_source and "task" in column and own.get("source") == column["task"]:
        own.pop("source")
    if layout.has_id and own.get("id") and isinstance(own["id"], str):
        instance = {"id": own.pop("id")} | instance
    if own:
        instance["extras"] = {layout.name: own}
    return ForeignRow(place=place, instruction=instruction or "", instance=instance, column=column)


def written_rows(
    items: Iterable[Document | CompanionFile], options: ConvertOptions, layout: ChatLayout
) -> Iterator[Chunk]:
    """A row a line, of each instance with its first output."""
    for task in tasks_in(items):
        shared = task_column(task, options)
        for instance in task["instances"]:
            kept = kept_fields(instance, layout.name, ())
            row, hint = _row(task, instance, kept, layout)
            own = other_fields(kept, layout.known)
            if layout.has_id:
                row = {"id": instance["id"]} | row
                own = own if _is_no_id(own.get("id")) else other_fields(own, ("id",))
            if layout.has_source and not own.keys() & SOURCES:
                own["source"] = task["name"]
            row |= own
            made = _made(row | {COLUMN: hint}, layout)
            row |= row_column(shared, task, instance, made, in_one="instruction" in hint)
            yield Chunk("", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _is_no_id(value: Any) -> bool:
    return not (isinstance(value, str) and value)


def _made(row: Document, layout: ChatLayout) -> ForeignRow:
    """What a row is read as; nothing where its column has to say all of it."""
    place = Place(Path())
    parts = _turns_in(place, row, layout)
    found = parts if isinstance(parts, Problem) else _loose(place, row, parts, layout)
    nothing = ForeignRow(place=place, instruction="", instance={})
    return nothing if isinstance(found, Problem) else found


def _row(
    task: Document, instance: Document, own: Document, layout: ChatLayout
) -> tuple[Document, Document]:
    """The turns of the row, and what its column tells of how to read them.

    What `extras` tells of its turns, `own`, is passed over where it is not true of them any more.
    """
    dialect, (instruction, text) = layout.dialect, spoken(task, instance)
    context, output = instance.get("context", []), instance["output"][0]
    parts, is_text = details_in(own, layout.keys), _is_text(own, layout)
    details = list(chain(*parts))
    if is_text and context:
        return _row(task, instance, {}, layout)
    is_common = text == instance["input"] and instruction in ("", GENERIC_DEFINITION)
    begins_otherwise = bool(context) and context[0]["role"] == "system" and context[0]["content"]
    has_system = not is_common or begins_otherwise or len(details) == len(context) + 3
    hint = {"task": task["name"]}
    if has_system and not (context or (not is_text and (text or details))):
        hint["instruction"] = instruction
        text, has_system = together(instruction, text), False
    elif not has_system and instruction:
        hint["definition"] = task["definition"][0]
    if is_text:
        return dict(zip(layout.keys, (text, output), strict=True)), hint
    turns: Details = [dialect.turn("system", instruction)] if has_system else []
    turns += [dialect.turn(turn["role"], turn["content"]) for turn in context]
    turns += [dialect.turn("user", text), dialect.turn("assistant", output)]
    last = 1
    if details:
        meant = Conversation(instruction if has_system else None, context, text, output, details)
        turns = _overlaid(turns, meant, dialect, hint)
        last = sum(detail is not None for detail in parts[-1])
        if not turns:
            return _row(task, instance, {}, layout)
    listed = [turn for turn in turns if turn is not None]
    lists = [listed[:-last], listed[-last:]] if len(layout.keys) > 1 else [listed]
    return dict(zip(layout.keys, lists, strict=True)), hint


def _overlaid(plain: Details, meant: Conversation, dialect: Dialect, column: Document) -> Details:
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
    return turns if conversation_of(again, dialect, column) == meant else []


def _is_text(own: Document, layout: ChatLayout) -> bool:
    return layout.takes_texts and own.get(layout.keys[0]) == TEXT

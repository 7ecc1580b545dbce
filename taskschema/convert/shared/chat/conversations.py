"""Reads and writes rows that list the turns of a conversation.

A first turn of the system is the definition, and the last turn is the answer. The turn before the
answer is the input if its role is user or tool; otherwise the input is empty. All turns between are
the context. If an instance has neither context nor input, its definition is written as the user's
turn, which would be empty otherwise. The generic definition of loose rows is not written.

Other members of turns are kept in `extras` of the instance under the name of the format, in lists
with the names of those of the row: one object for each turn, and null if the input is not a turn.
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
    ConversionSource,
    Document,
    Item,
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
    shared_column,
)
from taskschema.convert.shared.sources.data_rows import rows_of
from taskschema.schema.row_instructions import (
    instruction_and_input,
    join_instruction,
    split_instruction,
)

__all__ = ["ChatLayout", "read_rows", "written_rows"]

TEXT = "text"
ASIDE = {"tools", "images", "videos", "audios"}
SOURCES = {"source", "dataset"}
REJECTED = "`label` is false, so the answer is a rejected one and no output. Remove the row."


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatLayout:
    """How the rows of a format hold a conversation."""

    name: str
    """The name of the format."""
    keys: tuple[str, ...]
    """The fields that list turns; together, in this order, they are the conversation."""
    dialect: Dialect
    opening: str = ""
    """The field that may hold a turn of the system before all others."""
    has_id: bool = False
    """Whether rows have a field `id`."""
    has_source: bool = False
    """Whether rows name their dataset; written rows name the task."""
    takes_texts: bool = False
    """Whether the fields may be texts: a turn of the user and one of the assistant."""

    @property
    def known(self) -> tuple[str, ...]:
        """The fields that are not kept in extras."""
        return (*self.keys, COLUMN)


def read_rows(source: ConversionSource, layout: ChatLayout) -> Iterator[ForeignRow | Problem]:
    """Yield the rows of a file; a warning about assumptions comes once for each file."""
    is_noted, aside = False, set[str]()
    for found in rows_of(source):
        if isinstance(found, Problem):
            yield found
            continue
        place, row = found
        parts = _turns_in(place, row, layout)
        if isinstance(parts, Problem):
            yield parts
            continue
        if not is_noted and any(turn.is_call for turn in chain(*parts)):
            is_noted = True
            message = (
                "has a tool call without a text; the JSON of the call is used as the text, here "
                "and in all later rows."
            )
            yield Problem(place, "assumed", message, refuses=False)
        for key in ASIDE & row.keys() - aside:
            if row[key]:
                aside.add(key)
                message = (
                    f"`{key}` is kept in `extras` and is not part of the input. Write its content "
                    "into the turns if answers depend on it."
                )
                yield Problem(place, "assumed", message, refuses=False)
        yield _foreign_row(place, row, parts, layout)


def _turns_in(place: Place, row: Document, layout: ChatLayout) -> list[list[Turn]] | Problem:
    """The turns of each field, or the first problem with them."""
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


def _foreign_row(
    place: Place, row: Document, parts: list[list[Turn]], layout: ChatLayout
) -> ForeignRow | Problem:
    turns = list(chain(*parts))
    if not parts[-1] or turns[-1].role != "assistant":
        last = f"ends with a turn of the {turns[-1].role}, not with an answer" if parts[-1] else ""
        message = last or f"has no turns in `{layout.keys[-1]}`"
        hint = "Write the answer, or remove the row."
        return Problem(place, "missing-answer", f"{message}. {hint}")
    if row.get("label") is False:
        return Problem(place, "missing-answer", REJECTED)
    column = read_column(row)
    talk = conversation_of(turns, layout.dialect, column)
    instruction = talk.instruction
    text: str | None = talk.input
    if instruction is None and "instruction" in column:
        instruction = column["instruction"]
        text = split_instruction(instruction, talk.input)
        if text is None:
            message = (
                f"does not start with the instruction in `{COLUMN}`. Write it there again, or "
                f"remove `{COLUMN}`."
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
    items: Iterable[Item], options: ConvertOptions, layout: ChatLayout
) -> Iterator[Chunk]:
    """Yield a line for each instance, with its first output."""
    for task in tasks_in(items):
        shared = shared_column(task, options)
        for instance in task["instances"]:
            kept = kept_fields(instance, layout.name, ())
            row, hint = _row(task, instance, kept, layout)
            own = other_fields(kept, layout.known)
            if layout.has_id:
                row = {"id": instance["id"]} | row
                own = own if not _is_id(own.get("id")) else other_fields(own, ("id",))
            if layout.has_source and not own.keys() & SOURCES:
                own["source"] = task["name"]
            row |= own
            made = _read_back(row | {COLUMN: hint}, layout)
            row |= row_column(shared, task, instance, made, in_one="instruction" in hint)
            yield Chunk("", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _read_back(row: Document, layout: ChatLayout) -> ForeignRow:
    """What is read from a row; empty if nothing can be, so that its column carries everything."""
    place = Place(Path())
    parts = _turns_in(place, row, layout)
    found = parts if isinstance(parts, Problem) else _foreign_row(place, row, parts, layout)
    nothing = ForeignRow(place=place, instruction="", instance={})
    return nothing if isinstance(found, Problem) else found


def _row(
    task: Document, instance: Document, own: Document, layout: ChatLayout
) -> tuple[Document, Document]:
    """The turns of the row, and the members of its column that are needed to read them.

    The details of turns in `extras`, `own`, are ignored if they no longer match the turns.
    """
    dialect, (instruction, text) = layout.dialect, instruction_and_input(task, instance)
    context, output = instance.get("context", []), instance["output"][0]
    parts, is_text = details_in(own, layout.keys), _is_text(own, layout)
    details = list(chain(*parts))
    if is_text and context:
        return _row(task, instance, {}, layout)
    is_common = text == instance["input"] and instruction in ("", GENERIC_DEFINITION)
    starts_with_system = bool(context) and context[0]["role"] == "system" and context[0]["content"]
    has_system = not is_common or starts_with_system or len(details) == len(context) + 3
    hint = {"task": task["name"]}
    if has_system and not (context or (not is_text and (text or details))):
        hint["instruction"] = instruction
        text, has_system = join_instruction(instruction, text), False
    elif not has_system and instruction:
        hint["definition"] = task["definition"][0]
    if is_text:
        return dict(zip(layout.keys, (text, output), strict=True)), hint
    turns: Details = [dialect.turn("system", instruction)] if has_system else []
    turns += [dialect.turn(turn["role"], turn["content"]) for turn in context]
    turns += [dialect.turn("user", text), dialect.turn("assistant", output)]
    last = 1
    if details:
        expected = Conversation(instruction if has_system else None, context, text, output, details)
        turns = _overlaid(turns, expected, dialect, hint)
        last = sum(detail is not None for detail in parts[-1])
        if not turns:
            return _row(task, instance, {}, layout)
    listed = [turn for turn in turns if turn is not None]
    lists = [listed[:-last], listed[-last:]] if len(layout.keys) > 1 else [listed]
    return dict(zip(layout.keys, lists, strict=True)), hint


def _overlaid(
    plain: Details, expected: Conversation, dialect: Dialect, column: Document
) -> Details:
    """The turns with their details; empty if they would be read as another conversation."""
    if len(expected.details) != len(plain):
        return []
    turns: Details = [
        None if turn is None or detail is None else turn | detail
        for turn, detail in zip(plain, expected.details, strict=True)
    ]
    again = turns_of(Place(Path()), {"": [turn for turn in turns if turn]}, "", dialect)
    if isinstance(again, Problem) or not again or again[-1].role != "assistant":
        return []
    return turns if conversation_of(again, dialect, column) == expected else []


def _is_text(own: Document, layout: ChatLayout) -> bool:
    return layout.takes_texts and own.get(layout.keys[0]) == TEXT

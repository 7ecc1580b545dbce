"""Reads the turns of a conversation: the role and the text of each, and other members.

A text may come in parts, which are joined. A tool call without a text is read as its JSON. Other
members of a turn are kept unchanged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import orjson

from taskschema.convert.pieces import Document, Place, Problem, Sample
from taskschema.convert.shared.rows.row_fields import json_type, other_fields
from taskschema.core.syntax.json_pointers import escape
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import quote

__all__ = [
    "CHAT",
    "ROLES",
    "Conversation",
    "Details",
    "Dialect",
    "Turn",
    "conversation_of",
    "details_by_field",
    "details_in",
    "holds_turns",
    "is_mixture",
    "is_other_format",
    "turns_of",
]

Details: TypeAlias = list[Document | None]
ROLES = ("system", "user", "assistant", "tool")
CALLS = ("tool_calls", "function_call")
PART = {"type", "text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The keys of a turn and the names of speakers in a format."""

    speaker: str
    """The key of the speaker."""
    content: str
    """The key of the text."""
    written: Mapping[str, str]
    """The speaker that is written for each role of the schema."""
    read: Mapping[str, str]
    """The role of the schema for each speaker that is read."""

    def turn(self, role: str, text: str) -> Document:
        """Return a turn as it is written."""
        return {self.speaker: self.written[role], self.content: text}


CHAT = Dialect(
    speaker="role",
    content="content",
    written={role: role for role in ROLES},
    read={role: role for role in ROLES} | {"developer": "system", "function": "tool"},
)
"""The messages of OpenAI and TRL."""


class Turn(NamedTuple):
    """One turn that was read."""

    role: str
    """One of the roles of the schema."""
    text: str
    detail: Document
    """The other members of the turn, unchanged."""
    is_call: bool
    """Whether the text is the JSON of a tool call."""


class Conversation(NamedTuple):
    """A conversation as the parts of an instance."""

    instruction: str | None
    """The first turn, of the system; None if there is none."""
    context: list[Document]
    input: str
    output: str
    details: Details
    """The other members of each turn."""


def holds_turns(sample: Sample, key: str, dialect: Dialect) -> bool:
    """Whether most rows have a list of turns under a key."""

    def is_one(row: Any) -> bool:
        turns = row.get(key) if isinstance(row, dict) else None
        first = turns[0] if isinstance(turns, list) and turns else None
        return isinstance(first, dict) and dialect.speaker in first

    return 2 * sum(map(is_one, sample.rows)) > len(sample.rows)


def is_other_format(sample: Sample) -> bool:
    """Whether the rows are pairs of answers, rated answers, or samples of an evaluation."""
    marks = (("chosen", "rejected"), ("label",), ("target",))
    return any(sample.has(*keys) for keys in marks)


def is_mixture(sample: Sample) -> bool:
    """Whether the rows have an id and name their dataset, as those of Tulu do."""
    return sample.has("id", "messages", "source") or sample.has("id", "messages", "dataset")


def turns_of(place: Place, row: Document, key: str, dialect: Dialect) -> list[Turn] | Problem:
    """Return the turns under a key, or the first problem with them."""
    if key not in row:
        close = near_misses(key, row)
        hint = f"It has `{close[0]}`; rename that." if close else "Add it."
        return Problem(place, "wrong-shape", f"has no `{key}`. {hint}")
    value, place = row[key], _in(place, key)
    if not isinstance(value, list):
        message = f"`{key}` is {json_type(value)}, not a list of turns. Write it as one."
        return Problem(place, "wrong-shape", message)
    turns = []
    for index, item in enumerate(value):
        turn = _turn(_in(place, index), item, dialect)
        if isinstance(turn, Problem):
            return turn
        turns.append(turn)
    return turns


def conversation_of(turns: list[Turn], dialect: Dialect, column: Document) -> Conversation:
    """Return the conversation of turns that end with an answer.

    Args:
        turns: the turns.
        dialect: of the format.
        column: the column `taskschema` of the row; empty if it has none.
    """
    *before, answer = turns
    instruction = before[0].text if before and before[0].role == "system" else None
    # An empty turn of the system is the definition only if taskschema wrote an empty one.
    if not instruction and ("task" not in column or "definition" in column):
        instruction = None
    earlier = before[instruction is not None :]
    details: Details = [turn.detail for turn in before]
    text = ""
    if earlier and earlier[-1].role in ("user", "tool"):
        asked = earlier.pop()
        text = asked.text
        if asked.role == "tool":
            # Without this, it would be written as a turn of the user.
            details[-1] = {dialect.speaker: dialect.written["tool"]} | asked.detail
        elif instruction is not None and not (text or earlier):
            # Without this, an empty turn of the user would not be written after a definition.
            details[-1] = {dialect.content: ""} | asked.detail
    else:
        details.append(None)
    context: list[Document] = [{"role": turn.role, "content": turn.text} for turn in earlier]
    return Conversation(instruction, context, text, answer.text, [*details, answer.detail])


def details_by_field(details: Details, last: int, keys: tuple[str, ...]) -> Document:
    """Return the details by the field of their turns; empty if there are none."""
    in_two = len(keys) > 1
    if all(detail == {} for detail in details) and not (in_two and last > 1):
        return {}
    if not in_two:
        last = len(details)
    elif last > 1 and details[-2] is None:
        last += 1
    parts = [details[:-last], details[-last:]][-len(keys) :]
    return dict(zip(keys, parts, strict=True))


def details_in(own: Document, keys: tuple[str, ...]) -> list[Details]:
    """Return the details by field, as `details_by_field` made them; empty if damaged."""
    parts = [own.get(key) for key in keys]
    are_lists = all(
        isinstance(part, list) and all(one is None or isinstance(one, dict) for one in part)
        for part in parts
    )
    if not are_lists or not parts[-1]:
        return []
    return [part for part in parts if part is not None]


def _turn(place: Place, value: Any, dialect: Dialect) -> Turn | Problem:
    role_key, text_key = dialect.speaker, dialect.content
    if not isinstance(value, dict):
        keys = f"`{role_key}` and `{text_key}`"
        message = f"is {json_type(value)}, not an object with {keys}. Write it as one."
        return Problem(place, "wrong-shape", message)
    if role_key not in value:
        return Problem(place, "wrong-shape", f"has no `{role_key}`. Add the speaker.")
    speaker, content = value[role_key], value.get(text_key)
    role = dialect.read.get(speaker) if isinstance(speaker, str) else None
    if role is None:
        return Problem(
            _in(place, role_key), "wrong-shape", _unknown_speaker(role_key, speaker, dialect)
        )
    others = other_fields(value, (role_key, text_key))
    # Rows of a table have null in every column that a turn does not use.
    detail = {key: part for key, part in others.items() if part is not None}
    called = next((detail[key] for key in CALLS if detail.get(key)), None)
    text = "" if content is None and role == "assistant" else _joined(content)
    if text is None and text_key not in value:
        return Problem(place, "wrong-shape", f"has no `{text_key}`. Add the text.")
    if text is None:
        return Problem(_in(place, text_key), "wrong-shape", _no_text(text_key, content))
    is_call = not text and role == "assistant" and called is not None
    if is_call:
        text = orjson.dumps(called).decode()
    if content != text and not _is_one_part(content):
        detail = {text_key: content} | detail
    if speaker != dialect.written[role]:
        detail = {role_key: speaker} | detail
    return Turn(role, text, detail, is_call)


def _in(place: Place, token: str | int) -> Place:
    return place._replace(pointer=place.pointer + escape(token))


def _joined(content: Any) -> str | None:
    """The text, or the joined texts of all parts; None if any part is not a text."""
    if not isinstance(content, list):
        return content if isinstance(content, str) else None
    texts = [text for part in content if (text := _text(part)) is not None]
    return "".join(texts) if len(texts) == len(content) else None


def _text(part: Any) -> str | None:
    """The text of a part; LLaMA-Factory has it under `value`."""
    if not isinstance(part, dict) or part.get("type") != "text":
        return None
    text = part.get("text", part.get("value"))
    return text if isinstance(text, str) else None


def _is_one_part(content: Any) -> bool:
    """Whether a list holds one text and nothing else."""
    return isinstance(content, list) and len(content) == 1 and content[0].keys() == PART


def _unknown_speaker(key: str, speaker: Any, dialect: Dialect) -> str:
    close = near_misses(speaker, dialect.read) if isinstance(speaker, str) else []
    hint = f"Did you mean `{close[0]}`?" if close else f"Allowed: {', '.join(dialect.read)}."
    found = quote(speaker) if isinstance(speaker, str) else json_type(speaker)
    return f"`{key}` is {found}, which is no known speaker. {hint}"


def _no_text(key: str, content: Any) -> str:
    if not isinstance(content, list):
        return f"`{key}` is {json_type(content)}, not a text. Write it as one."
    part = next(part for part in content if _text(part) is None)
    type_ = part.get("type") if isinstance(part, dict) else None
    found = f"a part of type {quote(type_)}" if isinstance(type_, str) else "a part without a type"
    if type_ == "text":
        found = "a part without a text"
    return f"`{key}` has {found}; only texts are read. Write it as text, or remove the row."

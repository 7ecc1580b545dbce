"""The turns of a conversation, as several formats of rows list them: who speaks, and the text.

A text may come in parts, which are joined. A call of a tool that has no text beside it is taken as
its JSON. What else a turn holds is kept as it stands.
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
    "Details",
    "Dialect",
    "Conversation",
    "Turn",
    "details_in",
    "conversation_of",
    "holds_turns",
    "is_mixture",
    "is_other_format",
    "details_by_field",
    "turns_of",
]

Details: TypeAlias = list[Document | None]
ROLES = ("system", "user", "assistant", "tool")
CALLS = ("tool_calls", "function_call")
PART = {"type", "text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What a format calls the parts of a turn, and those who speak."""

    speaker: str
    """The key of the speaker."""
    content: str
    """The key of the text."""
    written: Mapping[str, str]
    """For each role of the schema its speaker."""
    read: Mapping[str, str]
    """For each speaker there may be the role."""

    def turn(self, role: str, text: str) -> Document:
        """A turn as it is written."""
        return {self.speaker: self.written[role], self.content: text}


CHAT = Dialect(
    speaker="role",
    content="content",
    written={role: role for role in ROLES},
    read={role: role for role in ROLES} | {"developer": "system", "function": "tool"},
)
"""Messages as OpenAI and TRL have them."""


class Turn(NamedTuple):
    """One turn as it was read."""

    role: str
    """One of the schema's."""
    text: str
    detail: Document
    """What else the turn holds, as it stands."""
    is_call: bool
    """Whether the text was made of a call."""


class Conversation(NamedTuple):
    """A conversation as an instance has it."""

    instruction: str | None
    """None where the system does not speak first."""
    context: list[Document]
    input: str
    output: str
    details: Details
    """One for each turn."""


def holds_turns(sample: Sample, key: str, dialect: Dialect) -> bool:
    """Whether most rows have a list of turns there."""

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
    """Whether the rows name themselves and the data set they come from, as those of Tulu do."""
    return sample.has("id", "messages", "source") or sample.has("id", "messages", "dataset")


def turns_of(place: Place, row: Document, key: str, dialect: Dialect) -> list[Turn] | Problem:
    """The turns that stand under a key, or the first thing wrong with them."""
    if key not in row:
        close = near_misses(key, row)
        cure = f"It has `{close[0]}`; rename that." if close else "Add it."
        return Problem(place, "wrong-shape", f"has no `{key}`. {cure}")
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
    """The conversation of turns that end with an answer; of a row of ours with its column."""
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
        elif instruction is not None and not (text or earlier):
            # An empty turn of the user is else not written beside a definition.
            details[-1] = {dialect.content: ""} | asked.detail
    else:
        details.append(None)
    context: list[Document] = [{"role": turn.role, "content": turn.text} for turn in earlier]
    return Conversation(instruction, context, text, answer.text, [*details, answer.detail])


def details_by_field(details: Details, last: int, keys: tuple[str, ...]) -> Document:
    """The details by the fields whose turns they are; empty where they say nothing."""
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
    """The details by fields, as `split` made them; empty where these are not usable."""
    parts = [own.get(key) for key in keys]
    are_lists = all(
        isinstance(part, list) and all(one is None or isinstance(one, dict) for one in part)
        for part in parts
    )
    if not are_lists or not parts[-1]:
        return []
    return [part for part in parts if part is not None]


def _turn(place: Place, value: Any, dialect: Dialect) -> Turn | Problem:
    speaks, says = dialect.speaker, dialect.content
    if not isinstance(value, dict):
        message = (
            f"is {json_type(value)}, not an object with `{speaks}` and `{says}`. Write it as one."
        )
        return Problem(place, "wrong-shape", message)
    if speaks not in value:
        return Problem(place, "wrong-shape", f"has no `{speaks}`. Say who speaks.")
    speaker, content = value[speaks], value.get(says)
    role = dialect.read.get(speaker) if isinstance(speaker, str) else None
    if role is None:
        return Problem(_in(place, speaks), "wrong-shape", _nobody(speaks, speaker, dialect))
    others = other_fields(value, (speaks, says))
    # Tables of many rows have null in every column that a turn does not use.
    detail = {key: part for key, part in others.items() if part is not None}
    called = next((detail[key] for key in CALLS if detail.get(key)), None)
    text = "" if content is None and role == "assistant" else _joined(content)
    if text is None and says not in value:
        return Problem(place, "wrong-shape", f"has no `{says}`. Write what is said.")
    if text is None:
        return Problem(_in(place, says), "wrong-shape", _no_text(says, content))
    is_call = not text and role == "assistant" and called is not None
    if is_call:
        text = orjson.dumps(called).decode()
    if content != text and not _is_one_part(content):
        detail = {says: content} | detail
    if speaker != dialect.written[role]:
        detail = {speaks: speaker} | detail
    return Turn(role, text, detail, is_call)


def _in(place: Place, token: str | int) -> Place:
    return place._replace(pointer=place.pointer + escape(token))


def _joined(content: Any) -> str | None:
    """The text, or the texts of all parts; None where it is or holds anything else."""
    if not isinstance(content, list):
        return content if isinstance(content, str) else None
    texts = [text for part in content if (text := _text(part)) is not None]
    return "".join(texts) if len(texts) == len(content) else None


def _text(part: Any) -> str | None:
    """The text of a part; a part of LLaMA-Factory has it under `value`."""
    if not isinstance(part, dict) or part.get("type") != "text":
        return None
    text = part.get("text", part.get("value"))
    return text if isinstance(text, str) else None


def _is_one_part(content: Any) -> bool:
    """Whether a list says no more than the one text in it."""
    return isinstance(content, list) and len(content) == 1 and content[0].keys() == PART


def _nobody(key: str, speaker: Any, dialect: Dialect) -> str:
    close = near_misses(speaker, dialect.read) if isinstance(speaker, str) else []
    cure = f"Did you mean `{close[0]}`?" if close else f"It may be {', '.join(dialect.read)}."
    there = quote(speaker) if isinstance(speaker, str) else json_type(speaker)
    return f"`{key}` is {there}, and nobody known. {cure}"


def _no_text(key: str, content: Any) -> str:
    if not isinstance(content, list):
        return f"`{key}` is {json_type(content)}, not a text. Write it as one."
    part = next(part for part in content if _text(part) is None)
    type_ = part.get("type") if isinstance(part, dict) else None
    there = f"a part of type {quote(type_)}" if isinstance(type_, str) else "a part without a type"
    if type_ == "text":
        there = "a part without a text"
    return f"`{key}` has {there}; only texts are read. Put it into words, or leave the row out."
